package io.sluice.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.IdentifierCase;
import io.sluice.config.NameStyle;
import io.sluice.config.TableConfig;
import io.sluice.record.RecordException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableRouterTest {

    @ParameterizedTest
    @CsvSource({
        "${topic},              orders,          '',    orders",
        "${topic},              shop.orders,     shop,  orders",
        "${topic},              eu.shop.orders,  '',    eu_shop_orders",
        "kafka.${topic},        eu.shop.orders,  kafka, eu_shop_orders",
        "'\"${topic}\"',        eu.shop.orders,  '',    eu.shop.orders",
        "'a.\"x\"\"${topic}\"', t,               a,     'x\"t'",
        "all,                   anything,        '',    all",
    })
    void namesTheTableByTheFormat(String format, String topic, String schema, String name) {
        assertThat(router(format, Map.of()).route(topic)).isEqualTo(new TableId(schema, name));
    }

    @Test
    void theMappingWinsForTheTopicsThatItNames() {
        TableRouter router = router("${topic}", Map.of("a", "shop.orders"));

        assertThat(router.route("a")).isEqualTo(new TableId("shop", "orders"));
        assertThat(router.route("b")).isEqualTo(new TableId("", "b"));
    }

    @Test
    void aNameOfThreePartsIsNone() {
        assertThatThrownBy(() -> router("a.b.c", Map.of()).route("t"))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("topic t");
    }

    @ParameterizedTest
    @CsvSource({"orders, '\"orders\"'", "'a\"b', '\"a\"\"b\"'", "'x; DROP TABLE y', '\"x; DROP TABLE y\"'"})
    void quotesWhateverAName(String name, String sql) {
        assertThat(Identifiers.quote(name)).isEqualTo(sql);
    }

    @Test
    void refusesNamesThatPostgresWouldCutOff() {
        assertThat(Identifiers.quote("ü".repeat(31))).hasSize(33);
        assertThatThrownBy(() -> Identifiers.quote("ü".repeat(32))).isInstanceOf(RecordException.class);
        assertThatThrownBy(() -> Identifiers.quote("")).isInstanceOf(RecordException.class);
    }

    private static TableRouter router(String format, Map<String, String> topics) {
        return new TableRouter(
                new TableConfig(format, topics, new NameStyle(false, IdentifierCase.AS_IS), false, false, false));
    }
}
