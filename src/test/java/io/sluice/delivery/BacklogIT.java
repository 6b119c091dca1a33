package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.JvmView;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import io.sluice.harness.Topic;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A small worker before a large backlog and a locked table. {@code -Dbacklog=5000000} runs the whole thing; by default
 * it is a part of that, more than the
 * worker's buffers hold.
 */
@ExtendWith(HarnessExtension.class)
final class BacklogIT {
    private static final int PARTITIONS = 4;
    private static final int BACKLOG = Integer.getInteger("backlog", 300_000);
    private static final Duration PATIENCE = Duration.ofMinutes(1).plusMillis(BACKLOG);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

    @Test
    @SuppressWarnings("try") // The lock is there to be held, not to be spoken to.
    void aSmallWorkerOutlivesALockedTable(Scenario test) {
        Topic topic = test.topic("backlog", PARTITIONS);
        topic.send(BACKLOG, BacklogIT::message);
        Rows.createTable(test.database());
        ConnectWorker worker =
                test.startWorker("small", ServerOptions.forTests().withHeap("256m"));
        Connector sink;
        double rebalances;
        double received;
        try (Locks lock = Locks.table(test.database(), Rows.TABLE)) {
            sink = test.connector(worker, "sink").configure(test.sinkConfig(topic, settings()));
            sink.awaitRunning();
            try (JvmView jvm = worker.jvm()) {
                TaskBeans beans = new TaskBeans(jvm, sink);
                test.await()
                        .explaining(() -> beans.pausedTasks() + " tasks with " + beans.pausedPartitions()
                                + " partitions held back, " + beans.recordsReceived() + " records received, "
                                + beans.queuedRecords() + " waiting")
                        .until(
                                "both tasks to be full",
                                () -> beans.pausedPartitions() == PARTITIONS && beans.pausedTasks() == 2);
                rebalances = beans.rebalances();
                received = beans.recordsReceived();
                elapse(POLL_INTERVAL.multipliedBy(2));
                report("locked", jvm, beans);
                assertThat(beans.recordsReceived()).isEqualTo(received);
                assertThat(beans.rebalances()).isEqualTo(rebalances);
            }
        }
        long start = System.nanoTime();
        test.await()
                .within(PATIENCE)
                .until(
                        "the backlog to be written",
                        () -> sink.group(test.broker()).lag(topic) == 0);
        assertThat(test.database().number("SELECT count(*) FROM versions WHERE version = id * 3"))
                .isEqualTo(BACKLOG);
        try (JvmView jvm = worker.jvm()) {
            TaskBeans beans = new TaskBeans(jvm, sink);
            report("written in " + Duration.ofNanos(System.nanoTime() - start), jvm, beans);
            assertThat(beans.rebalances()).as("rebalances").isEqualTo(rebalances);
        }
        sink.awaitRunning();
        assertThat(worker.log().since(0)).noneMatch(line -> line.contains("OutOfMemoryError"));
    }

    private static Map<String, String> settings() {
        return Map.of(
                "tasks.max",
                "2",
                "table.name.format",
                Rows.TABLE,
                "consumer.override.max.poll.interval.ms",
                Long.toString(POLL_INTERVAL.toMillis()));
    }

    private static Message message(int number) {
        long id = number;
        // A producer left to itself may give one task little, which then never is full.
        return Message.json(Map.of("id", id, "version", id * 3, "note", "note number " + number))
                .inPartition(number % PARTITIONS);
    }

    private static void elapse(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Await.atMost(time.multipliedBy(2)).until(time + " to pass", () -> System.nanoTime() - end >= 0);
    }

    /** For whoever runs this to see the figures. */
    private static void report(String when, JvmView jvm, TaskBeans beans) {
        System.out.printf(
                "Backlog of %d, %s: heap %d MiB, process %s, queued %.0f records, received %.0f, rebalances %.0f%n",
                BACKLOG,
                when,
                jvm.heapUsed() >> 20,
                Processes.residentMemory((Long) jvm.attribute("java.lang:type=Runtime", "Pid")),
                beans.queuedRecords(),
                beans.recordsReceived(),
                beans.rebalances());
    }
}
