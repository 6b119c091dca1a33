package io.sluice.delivery;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import io.sluice.harness.Topic;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task that has to ask the ledger first begins to read at once, however rarely Connect commits. */
@ExtendWith(HarnessExtension.class)
final class FirstReadIT {
    /** Connect's default, which keeps its consumer in one call for as long unless the task asks for less. */
    private static final String RARELY = "60000";

    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(strings = {"exactly_once", "at_most_once"})
    void doesNotWaitForTheNextCommit(String guarantee, Scenario test) {
        ConnectWorker worker =
                test.startWorker("rare", ServerOptions.forTests().with("offset.flush.interval.ms", RARELY));
        Topic topic = test.topic("first", 2);
        topic.send(100, id -> Message.json(Map.of("id", id, "version", 1)));
        Rows.createTable(test.database());
        test.connector(worker, "sink")
                .configure(Settings.of(
                        test.sinkConfig(topic, Map.of()),
                        Map.of(
                                "table.name.format",
                                Rows.TABLE,
                                "delivery.guarantee",
                                guarantee,
                                "consumer.override.isolation.level",
                                "read_committed")))
                .awaitRunning();

        test.await()
                .within(AT_ONCE)
                .until(
                        "all rows",
                        () -> test.database().number("SELECT count(*) FROM " + Database.quoted(Rows.TABLE)) == 100);
    }
}
