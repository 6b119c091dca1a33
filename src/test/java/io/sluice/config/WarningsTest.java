package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration may say and most likely does not mean. */
final class WarningsTest {
    private static final String SAFE = "jdbc:postgresql://localhost/shop?sslmode=verify-full";

    @ParameterizedTest
    @CsvSource({"errors.table, letters", "errors.log.enable, true", "errors.deadletterqueue.topic.name, ' '"})
    void recordsThatAConverterRefusesVanishWithoutATopicForThem(String key, String value) {
        assertThat(warnings("errors.tolerance", "all", key, value))
                .singleElement()
                .asString()
                .contains("errors.deadletterqueue.topic.name", "converter", "errors.table");
    }

    @Test
    void nothingVanishesWithATopicOrWithoutTolerance() {
        assertThat(warnings("errors.tolerance", "all", "errors.deadletterqueue.topic.name", "dlq"))
                .isEmpty();
        assertThat(warnings("errors.tolerance", "none")).isEmpty();
        assertThat(warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "?sslmode=require, '', ''",
        "?sslmode=verify-ca, sslmode, verify-full",
        "?ssl=false, '', ''",
        "'', sslmode, prefer",
    })
    void aServerThatNobodyVerifiesIsWarnedOf(String parameters, String property, String value) {
        assertThat(SinkConfig.warnings(Problems.map(
                        "connection.url",
                        "jdbc:postgresql://localhost/shop" + parameters,
                        property.isEmpty() ? "name" : "connection." + property,
                        value)))
                .singleElement()
                .asString()
                .contains("connection.sslmode", "verify-full");
    }

    @ParameterizedTest
    @CsvSource({
        "?sslmode=verify-full, a, a",
        "'', connection.sslmode, VERIFY-FULL",
        "?ssl=true, a, a",
        "'', connection.ssl, true"
    })
    void aServerThatIsVerifiedIsNot(String parameters, String key, String value) {
        assertThat(SinkConfig.warnings(
                        Problems.map("connection.url", "jdbc:postgresql://localhost/shop" + parameters, key, value)))
                .isEmpty();
    }

    private static List<String> warnings(String... settings) {
        Map<String, String> config = Problems.map(settings);
        config.put("connection.url", SAFE);
        return SinkConfig.warnings(config);
    }
}
