package io.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way of the migration page from one connector to another. */
@ExtendWith(HarnessExtension.class)
final class ChangingOverIT {

    /** Plain inserts into a table without a key would show each record that comes twice. */
    @Test
    void theNewConnectorGoesOnWhereTheOldOneHasStopped(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE orders (id bigint)");
        Topic topic = test.topic("orders", 2);
        Map<String, String> config =
                test.sinkConfig(topic, Map.of("table.name.format", "orders", "insert.mode", "insert"));
        Connector old = test.connector("old").configure(config).awaitRunning();
        topic.send(100, i -> Message.json(Map.of("id", i)));
        test.await().until("100 rows", () -> database.count("orders") == 100);

        old.stop();
        topic.send(100, i -> Message.json(Map.of("id", 100 + i)));
        Connector successor = test.connector("new");
        test.worker()
                .rest()
                .post("/connectors", Map.of("name", successor.name(), "initial_state", "STOPPED", "config", config));
        successor.alterOffsets(old.offsets());
        successor.resume();

        test.await()
                .until(
                        "the rest of the rows",
                        () -> successor.group(test.broker()).lag(topic) == 0);
        assertThat(database.number("SELECT count(*) FROM orders")).isEqualTo(200);
        assertThat(database.number("SELECT count(DISTINCT id) FROM orders")).isEqualTo(200);
    }
}
