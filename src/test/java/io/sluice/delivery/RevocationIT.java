package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.CrashPoint;
import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A partition that was taken away is its next owner's: the last one writes nothing more of it, and forgets nothing else. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class RevocationIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final Map<String, String> ONE_LANE = Map.of("write.parallelism", "1");

    @CrashPoint(10)
    @Test
    void writesNothingOfARevokedPartitionThatWaitedForALock(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun old = start(database, ONE_LANE);
                TaskRun next = start(database, ONE_LANE)) {
            old.open(ZERO, ONE);
            firstRow(old);
            try (Locks lock = Locks.row(database, Rows.TABLE, 0)) {
                old.put(Rows.row(ONE, 1, 0, 1), Rows.row(ZERO, 0, 1, 1));
                test.await().until("the lane to wait for the lock", () -> isWaitingForALock(database));

                assertThat(old.revoke(ZERO)).isEqualTo(Map.of(ZERO, 0L));
                writesNewerValue(database, next);
            }
            assertTheNewerValueStays(database, old);
        }
    }

    @Test
    void writesNothingOfARevokedPartitionThatWasStillQueued(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        Map<String, String> smallBatches = Settings.of(ONE_LANE, Map.of("batch.size", "1"));
        try (TaskRun old = start(database, smallBatches);
                TaskRun next = start(database, ONE_LANE)) {
            old.open(ZERO, ONE);
            firstRow(old);
            try (Locks lock = Locks.row(database, Rows.TABLE, 3)) {
                old.put(Rows.row(ONE, 1, 3, 1), Rows.row(ZERO, 0, 1, 1), Rows.row(ONE, 2, 0, 1));
                test.await().until("the lane to wait for the lock", () -> isWaitingForALock(database));

                old.lose(ZERO);
                writesNewerValue(database, next);
            }
            assertTheNewerValueStays(database, old);
        }
    }

    /** There is no session yet that could be cancelled or cut: the lane has to find out by itself. */
    @Test
    void writesNothingOfARevokedPartitionThatWaitedForAConnection(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (FaultyProxy gate = FaultyProxy.before(database);
                TaskRun old = start(gate.database(), ONE_LANE);
                TaskRun next = start(database, ONE_LANE)) {
            old.open(ZERO, ONE);
            firstRow(old);
            gate.shut();
            old.put(Rows.row(ZERO, 0, 1, 1), Rows.row(ONE, 1, 0, 1));
            test.await().until("the lane to wait for a connection", () -> gate.waiting() > 0);

            old.lose(ZERO);

            writesNewerValue(database, next);
            gate.speak();
            assertTheNewerValueStays(database, old);
        }
    }

    /**
     * It is another session that changes the table, which cannot be cancelled either. It goes on when the task has its lease
     * again, as rows of another lane show.
     */
    @Test
    void writesNothingOfARevokedPartitionThatWaitedForItsTableToChange(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        Rows.createTable(database, "others");
        TopicPartition other = new TopicPartition("u", 0);
        Map<String, String> settings =
                Map.of("auto.evolve", "true", "write.parallelism", "2", "topics.to.tables.mapping", "u:others");
        try (TaskRun task = start(database, settings)) {
            task.open(ZERO, ONE, other);
            firstRow(task);
            try (Locks lock = Locks.definition(database, Rows.TABLE)) {
                task.put(Rows.value(ZERO, 0, Map.of("id", 1L, "version", 1L, "colour", "red")));
                test.await().until("the lane to wait for the lock", () -> isWaitingForALock(database));

                task.lose(ZERO);
                task.put(Rows.rows(other, 0, 20, 1));
                task.callUntil("rows of another lane", () -> database.count("others") > 0);
            }
            task.callUntil("nothing to be under way", () -> task.counter("QueuedRecords") == 0);
            assertThat(Rows.versions(database)).doesNotContainKey(1L);
        }
    }

    /** A deletion in a table that is not there is done with; what came after it was not looked at. */
    @Test
    void keepsTheOtherPartitionsRowsThatWaitForATableWithOneThatIsRevoked(Scenario test) {
        Database database = test.database();
        Map<String, String> keyed = Map.of("pk.mode", "auto", "delete.enabled", "true", "auto.create", "true");
        try (FaultyProxy gate = FaultyProxy.before(database);
                TaskRun task = start(gate.database(), keyed)) {
            gate.shut();
            task.open(ZERO, ONE);
            task.put(keyed(ZERO, 0, 1, null), keyed(ONE, 0, 2, Map.of("version", 1)));
            task.lose(ZERO);
            gate.speak();

            task.callUntil("the upsert to be durable", () -> task.preCommit().equals(Map.of(ONE, 1L)));
            assertThat(database.number("SELECT count(*) FROM versions WHERE id = 2 AND version = 1"))
                    .isEqualTo(1);
        }
    }

    /** Connect keeps a partition paused when it is taken away and comes back. */
    @Test
    void letsAPartitionFlowThatWasPausedAndComesBack(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of("buffer.max.records", "10"))) {
            task.open(ZERO, ONE);
            firstRow(task);
            try (Locks lock = Locks.table(database, Rows.TABLE)) {
                task.put(Rows.rows(ZERO, 0, 10, 1));
                assertThat(task.paused()).containsExactlyInAnyOrder(ZERO, ONE);
                task.lose(ZERO, ONE);
            }
            task.put();
            task.open(ZERO, ONE);

            assertThat(task.paused()).isEmpty();
            task.put(Rows.rows(ZERO, 0, 5, 2));
            task.callUntil("its records to be durable", () -> task.preCommit().equals(Map.of(ZERO, 5L)));
            assertThat(Rows.versions(database)).hasSize(6).containsEntry(5L, 2L);
        }
    }

    @Test
    void holdsANewPartitionBackWhileThereIsTooMuch(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of("buffer.max.records", "10"))) {
            task.open(ZERO);
            try (Locks lock = Locks.table(database, Rows.TABLE)) {
                task.put(Rows.rows(ZERO, 0, 10, 1));
                task.open(ONE);

                assertThat(task.paused()).containsExactlyInAnyOrder(ZERO, ONE);
            }
            task.callUntil("both to flow", () -> task.paused().isEmpty());
        }
    }

    /** Late results of the time before count for nothing. */
    @Test
    void countsAPartitionThatComesBackFromItsStart(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, ONE_LANE)) {
            task.open(ZERO, ONE);
            firstRow(task);
            try (Locks lock = Locks.table(database, Rows.TABLE)) {
                task.put(Rows.rows(ZERO, 0, 20, 1));
                task.revoke(ZERO);
                task.open(ZERO);
                task.put(Rows.rows(ZERO, 0, 10, 2));

                assertThat(task.preCommit()).containsEntry(ZERO, 0L);
            }
            task.callUntil(
                    "what came again to be durable",
                    () -> Long.valueOf(10).equals(task.preCommit().get(ZERO)));
            assertThat(Rows.versions(database)).hasSize(11);
        }
    }

    /** The only lane works in order: when key 0 is there, what was in its batch is written, or never will be. */
    private static void assertTheNewerValueStays(Database database, TaskRun old) {
        old.callUntil(
                "the row of the other partition", () -> Rows.versions(database).containsKey(0L));
        assertThat(Rows.versions(database)).containsEntry(1L, 2L);
    }

    private static void writesNewerValue(Database database, TaskRun next) {
        next.open(ZERO);
        next.put(Rows.row(ZERO, 0, 1, 1), Rows.row(ZERO, 1, 1, 2));
        next.callUntil(
                "the newer value",
                () -> Long.valueOf(2).equals(Rows.versions(database).get(1L)));
    }

    private static void firstRow(TaskRun task) {
        task.put(Rows.row(ONE, 0, 100, 0));
        task.callUntil("the first row", () -> task.preCommit().equals(Map.of(ONE, 1L)));
    }

    private static boolean isWaitingForALock(Database database) {
        return database.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name LIKE 'sluice %' AND wait_event_type = 'Lock'")
                > 0;
    }

    private static SinkRecord keyed(TopicPartition partition, long offset, long id, Map<String, ?> value) {
        return new SinkRecord(partition.topic(), partition.partition(), null, Map.of("id", id), null, value, offset);
    }

    private static TaskRun start(Database database, Map<String, String> settings) {
        return TaskRun.start(database, Settings.of(Rows.INTO_TABLE, settings));
    }
}
