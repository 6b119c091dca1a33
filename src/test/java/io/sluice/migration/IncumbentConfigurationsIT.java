package io.sluice.migration;

import static io.sluice.harness.Database.row;
import static io.sluice.migration.Records.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever comes from another connector changes {@code connector.class} and keeps the rest. */
@ExtendWith(HarnessExtension.class)
final class IncumbentConfigurationsIT {
    @ParameterizedTest
    @MethodSource({
        "io.sluice.migration.ConfluentConfigurations#all",
        "io.sluice.migration.AivenConfigurations#all",
        "io.sluice.migration.DebeziumConfigurations#all"
    })
    void isValidAndWritesTheRightTable(Incumbent incumbent, Scenario test) {
        Database database = test.database();
        Topic topic = test.topic(incumbent.topic(), 1);
        Map<String, String> config = incumbent.configFor(test, topic);
        incumbent.given().forEach(statement -> database.execute(Incumbent.own(test, topic, statement)));
        topic.send(incumbent.records().toArray(new Message[0]));

        assertThat(test.worker().rest().errorsOf(named(config))).isEmpty();
        Connector sink = test.connector("sink").configure(config).awaitRunning();

        test.await()
                .until(
                        "all records to be written",
                        () -> sink.status().hasFailed()
                                || sink.group(test.broker()).lag(topic) == 0);
        sink.awaitRunning();
        assertThat(database.rows(Incumbent.own(test, topic, incumbent.query()))).isEqualTo(incumbent.rows());
    }

    /** Both of the older sinks insert without a key by default. Ours does so only when told, since it cannot be repeated. */
    @Test
    void withoutKeyAndModeTheFirstRecordSaysWhatToSet(Scenario test) {
        Topic topic = test.topic("orders", 1);
        Map<String, String> config = Incumbent.of(
                        "Confluent, JDBC sink connector, quick start",
                        "orders",
                        "connection.url",
                        "<url>?user=<user>&password=<password>",
                        "auto.create",
                        "true")
                .configFor(test, topic);
        topic.send(value("id", 999, "product", "foo", "quantity", 100, "price", 50.0f));

        Connector sink = test.connector("sink").configure(config);

        assertThat(sink.awaitFailedTask()).contains("no key", "insert.mode=insert");
        config.put("insert.mode", "insert");
        sink.configure(config);
        test.await().until("the row", () -> sink.group(test.broker()).lag(topic) == 0);
        assertThat(test.database().rows("SELECT id, product, quantity, price FROM \"" + topic.name() + '"'))
                .containsExactly(row(999, "foo", 100, 50.0f));
    }

    private static Map<String, String> named(Map<String, String> config) {
        Map<String, String> named = new LinkedHashMap<>(config);
        named.put("name", "incumbent");
        return named;
    }
}
