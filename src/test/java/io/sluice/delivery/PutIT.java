package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A put never waits for PostgreSQL; what it cannot take it holds back at the source. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class PutIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final Duration BUDGET = Duration.ofMillis(200);
    private static final Duration WHILE = Duration.ofSeconds(3);
    private static final Map<String, String> SMALL_BUFFER = Map.of("buffer.max.records", "5000");

    @Test
    void returnsAtOnceAndPausesWhileTheTableIsLocked(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of("buffer.max.records", "5000"))) {
            task.open(ZERO, ONE);
            warmUp(task);
            try (Locks lock = Locks.table(database, Rows.TABLE)) {
                Duration slowest = Duration.ZERO;
                for (int offset = 500; task.paused().isEmpty(); offset += 500) {
                    slowest = longer(slowest, timeToPut(task, offset, 500));
                    assertThat(offset).isLessThanOrEqualTo(5_500);
                }
                // Connect goes on calling with nothing, and once more with what it had polled already.
                slowest = longer(slowest, timeToPut(task, 6_000, 500));
                slowest = longer(slowest, timeToPut(task, 0, 0));

                assertThat(task.paused()).containsExactlyInAnyOrder(ZERO, ONE);
                assertThat(slowest).isLessThan(BUDGET);
            }
            task.callUntil("everything to be written", () -> database.count(Rows.TABLE) == 6_000);
            task.callUntil("the partitions to flow", () -> task.paused().isEmpty());
        }
    }

    @Test
    void resumesWhenHalfOfTheRecordsAreWritten(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(
                        database, Map.of("buffer.max.records", "100", "write.parallelism", "1", "batch.size", "10"));
                Locks late = Locks.row(database, Rows.TABLE, 61)) {
            task.open(ZERO, ONE);
            try (Locks early = Locks.row(database, Rows.TABLE, 41)) {
                task.put(Rows.rows(ZERO, 0, 99, 1));
                assertThat(task.paused()).isEmpty();
                task.put(Rows.row(ZERO, 99, 100, 1));
                assertThat(task.paused()).containsExactlyInAnyOrder(ZERO, ONE);

                task.callUntil("40 to be durable", () -> task.preCommit().equals(Map.of(ZERO, 40L)));
                task.put();
                assertThat(task.paused()).as("60 of 100 still wait").isNotEmpty();
            }

            task.callUntil("60 to be durable", () -> task.preCommit().equals(Map.of(ZERO, 60L)));
            task.put();
            assertThat(task.paused()).as("40 of 100 still wait").isEmpty();
        }
    }

    /** From half of the buffer on; below that there is enough for everybody. */
    @Test
    void holdsOnlyThatPartitionBackWhichHasMoreThanItsShare(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of("buffer.max.records", "100"))) {
            task.open(ZERO, ONE);
            try (Locks lock = Locks.table(database, Rows.TABLE)) {
                task.put(Rows.rows(ZERO, 0, 60, 1));
                assertThat(task.paused()).as("nobody else wants anything").isEmpty();
                task.put(Rows.row(ONE, 0, 1_000, 1));
                assertThat(task.paused()).containsExactly(ZERO);
                task.put(Rows.row(ONE, 1, 1_001, 1));
                assertThat(task.paused()).containsExactly(ZERO);
            }
            task.callUntil("the partition to flow", () -> task.paused().isEmpty());
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 60L, ONE, 2L)));
        }
    }

    @Test
    void pausesAtTheLimitOfBytesToo(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of("buffer.max.bytes", "20000"))) {
            task.open(ZERO);
            try (Locks lock = Locks.table(database, Rows.TABLE)) {
                task.put(Rows.value(ZERO, 0, Map.of("id", 1, "note", "x".repeat(9_000))));
                assertThat(task.paused()).isEmpty();
                task.put(Rows.value(ZERO, 1, Map.of("id", 2, "note", "x".repeat(11_000))));
                assertThat(task.paused()).containsExactly(ZERO);
            }
            task.callUntil("the partition to flow", () -> task.paused().isEmpty());
        }
    }

    @Test
    void takesRecordsWhilePostgresIsNotThereAtAll(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (FaultyProxy gate = FaultyProxy.before(database);
                TaskRun task = start(gate.database(), Map.of())) {
            task.open(ZERO);
            gate.shut();
            Duration slowest = longer(timeToPut(task, 0, 500), timeToPut(task, 500, 500));

            assertThat(slowest).isLessThan(Duration.ofSeconds(1));
            assertThat(task.preCommit()).isEqualTo(Map.of(ZERO, 0L));
            gate.speak();
            task.callUntil("everything to be durable", () -> task.preCommit().equals(Map.of(ZERO, 1_000L)));
            assertThat(database.count(Rows.TABLE)).isEqualTo(1_000);
        }
    }

    @Test
    void returnsAtOnceWhileTheServerIsSilent(Scenario test) {
        Rows.createTable(test.database());
        try (FaultyProxy proxy = FaultyProxy.before(test.database());
                TaskRun task = start(proxy.database(), SMALL_BUFFER)) {
            task.open(ZERO, ONE);
            warmUp(task);
            proxy.fallSilent();
            assertThat(slowestPut(task)).isLessThan(BUDGET);
            proxy.speak();
            task.callUntil("the partitions to flow", () -> task.paused().isEmpty());
        }
    }

    @Test
    void returnsAtOnceWhileTheServerIsSlow(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, SMALL_BUFFER)) {
            task.open(ZERO, ONE);
            warmUp(task);
            database.execute(
                    "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS "
                            + "$$BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END$$",
                    "CREATE TRIGGER dawdles BEFORE INSERT OR UPDATE ON versions FOR EACH ROW EXECUTE FUNCTION dawdle()");
            assertThat(slowestPut(task)).isLessThan(BUDGET);
        }
    }

    /** As Connect calls for some seconds: with records as long as partitions flow. */
    private static Duration slowestPut(TaskRun task) {
        AtomicReference<Duration> slowest = new AtomicReference<>(Duration.ZERO);
        AtomicInteger offset = new AtomicInteger(500);
        long end = System.nanoTime() + WHILE.toNanos();
        Await.atMost(WHILE.multipliedBy(2)).every(Duration.ofMillis(5)).until("some seconds to pass", () -> {
            int count = task.paused().isEmpty() ? 500 : 0;
            slowest.set(longer(slowest.get(), timeToPut(task, offset.getAndAdd(count), count)));
            return System.nanoTime() > end;
        });
        assertThat(task.paused()).containsExactlyInAnyOrder(ZERO, ONE);
        return slowest.get();
    }

    /** The first records pay for the loading of classes and the first connections. */
    private static void warmUp(TaskRun task) {
        task.put(Rows.rows(ZERO, 0, 500, 0));
        task.callUntil("the first rows", () -> task.preCommit().equals(Map.of(ZERO, 500L)));
    }

    private static Duration timeToPut(TaskRun task, int from, int count) {
        var records = Rows.rows(ZERO, from, count, 1);
        long start = System.nanoTime();
        task.put(records);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static TaskRun start(Database database, Map<String, String> settings) {
        return TaskRun.start(database, Settings.of(Rows.INTO_TABLE, settings));
    }
}
