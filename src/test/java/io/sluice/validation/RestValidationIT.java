package io.sluice.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.RestException;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Validation as users meet it: through the worker. */
@ExtendWith(HarnessExtension.class)
final class RestValidationIT {

    @Test
    void everyProblemComesAtOnceAndOnItsKey(Scenario test) {
        Topic topic = test.topic("orders", 1);

        List<String> errors = test.worker()
                .rest()
                .errorsOf(test.sinkConfig(
                        topic,
                        Map.of(
                                "name",
                                "orders",
                                "pk.filds",
                                "id",
                                "batch.size",
                                "-1",
                                "table.name.format",
                                "gone",
                                "dialect.name",
                                "MySql")));

        assertThat(errors).hasSize(4).allSatisfy(error -> {
            String[] keyAndMessage = error.split(": ", 2);
            assertThat(keyAndMessage[1]).startsWith(keyAndMessage[0]);
        });
        assertThat(errors)
                .extracting(error -> error.split(":", 2)[0])
                .containsExactlyInAnyOrder("pk.filds", "batch.size", "table.name.format", "dialect.name");
    }

    @Test
    void aConnectorThatCannotWriteIsNotCreated(Scenario test) {
        Topic topic = test.topic("orders", 1);

        assertThatThrownBy(() -> test.connector("sink").configure(test.sinkConfig(topic, Map.of())))
                .isInstanceOf(RestException.class)
                .hasMessageContaining("table.name.format: table")
                .hasMessageContaining("auto.create");
        assertThat(test.worker().rest().connectors())
                .doesNotContain(test.connector("sink").name());
    }

    @Test
    void aBlackHoleIsAnErrorWithinTheBudget(Scenario test) {
        Topic topic = test.topic("orders", 1);
        Map<String, String> config = test.sinkConfig(
                topic,
                Map.of(
                        "name", "orders",
                        "connection.url", "jdbc:postgresql://192.0.2.1:5432/shop",
                        "connection.validation.timeout.ms", "1000"));
        long start = System.nanoTime();

        assertThat(test.worker().rest().errorsOf(config))
                .singleElement()
                .asString()
                .startsWith("connection.url");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void settingsThatChangeNothingAreToldOnceInTheLog(Scenario test) {
        Topic topic = test.topic("orders", 1);
        long mark = test.worker().log().mark();

        test.startSink(
                topic,
                Map.of(
                        "table.name.format", "orders",
                        "auto.create", "true",
                        "pk.mode", "none",
                        "connection.attempts", "3",
                        "hibernate.show_sql", "true",
                        "someone.elses", "1"));
        topic.send(Message.json(Map.of("id", 1)));

        test.await()
                .until(
                        "the row",
                        () -> test.database().hasTable("orders")
                                && test.database().count("orders") == 1);
        assertThat(test.worker().log().since(mark))
                .filteredOn(line -> line.contains("changes nothing"))
                .hasSize(3)
                .allMatch(line -> line.contains("WARN"))
                .anyMatch(line -> line.contains("connection.attempts"))
                .anyMatch(line -> line.contains("hibernate.show_sql"))
                .anyMatch(line -> line.contains("someone.elses"));
    }
}
