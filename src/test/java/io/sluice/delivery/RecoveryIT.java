package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import io.sluice.harness.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How soon writing goes on after a worker has died. What was measured is printed; what is asserted has room for a slow machine. */
@ExtendWith(HarnessExtension.class)
final class RecoveryIT {
    private static final int PARTITIONS = 4;
    private static final Duration SESSION = Duration.ofSeconds(3);
    private static final Duration PROMISED = Duration.ofSeconds(2);
    private static final Duration MARGIN = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void afterAWorkerIsKilledWithinItsSession(Scenario test) {
        History history = History.in(test.database());
        Topic topic = test.topic("killed", PARTITIONS);
        ServerOptions options = ServerOptions.forTests()
                .with("session.timeout.ms", Long.toString(SESSION.toMillis()))
                .with("heartbeat.interval.ms", "500");
        ConnectWorker living = test.startWorker("recovering", options);
        ConnectWorker dying = test.startWorker("recovering", options);
        Connector connector = test.connector(living, "recovering")
                .configure(config(test, topic))
                .awaitRunning();
        test.await()
                .until(
                        "a task at " + dying.id(),
                        () -> connector.status().tasks().stream()
                                .anyMatch(task -> task.worker().equals(dying.id())));
        send(topic, 0);
        test.await().until("the first rows", () -> history.written() == PARTITIONS);

        long death = System.nanoTime();
        dying.kill();
        send(topic, 1);
        Duration gap = awaitRows(history, 2 * PARTITIONS, death);

        System.out.printf("Writing of all partitions went on %d ms after a worker was killed%n", gap.toMillis());
        assertThat(gap).isLessThan(SESSION.plus(PROMISED).plus(MARGIN));
        history.assertEachOnce(2 * PARTITIONS);
    }

    private static Duration awaitRows(History history, long rows, long since) {
        Await.atMost(PATIENCE).until(rows + " rows", () -> history.written() >= rows);
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static Map<String, String> config(Scenario test, Topic topic) {
        Map<String, String> config = new HashMap<>(test.sinkConfig(topic, History.EXACTLY_ONCE));
        config.put("tasks.max", "2");
        config.put("consumer.override.session.timeout.ms", Long.toString(SESSION.toMillis()));
        config.put("consumer.override.heartbeat.interval.ms", "500");
        return config;
    }

    /** A row for each partition. */
    private static void send(Topic topic, int round) {
        topic.send(IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> Message.json(Map.of("id", round * PARTITIONS + partition, "version", round))
                        .inPartition(partition)));
    }
}
