package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is committed is durable, and what is durable is committed. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class PreCommitIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);

    @Test
    void givesTheContiguousPrefixWhileOneLaneIsStuck(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of("batch.size", "5"))) {
            task.open(ZERO);
            try (Locks lock = Locks.row(database, Rows.TABLE, 100)) {
                task.put(Rows.rows(ZERO, 0, 200, 1));
                // One of four lanes waits for the lock; the others go on to the end.
                task.callUntil("the other lanes to finish", () -> database.count(Rows.TABLE) >= 120);

                long committed = task.preCommit().getOrDefault(ZERO, 0L);

                assertThat(committed).isBetween(1L, 99L);
                assertThat(database.number("SELECT count(*) FROM versions WHERE id <= ?", committed))
                        .isEqualTo(committed);
                assertThat(database.number("SELECT max(id) FROM versions")).isGreaterThan(committed + 1);
            }
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 200L)));
        }
    }

    @Test
    void staysAtTheFirstRecordOfAPartitionUntilItIsDurable(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of());
                Locks lock = Locks.table(database, Rows.TABLE)) {
            task.open(ZERO, ONE);
            task.put(Rows.rows(ZERO, 3, 10, 1));
            task.consumedUpTo(ONE, 7);

            assertThat(task.preCommit()).isEqualTo(Map.of(ZERO, 3L, ONE, 7L));
        }
    }

    /** Connect's own position is after records that have to come again. */
    @ParameterizedTest
    @ValueSource(strings = {"exactly_once", "at_most_once"})
    void staysAtTheFirstRecordThatCameBeforeTheLedgerWasThere(String guarantee, Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (FaultyProxy gate = FaultyProxy.before(database);
                TaskRun task = start(gate.database(), Map.of("delivery.guarantee", guarantee))) {
            gate.shut();
            task.open(ZERO, ONE);
            task.put(Rows.rows(ZERO, 5, 10, 1));
            task.consumedUpTo(ONE, 7);

            assertThat(task.preCommit()).as("while the ledger is not there").isEqualTo(Map.of(ZERO, 5L, ONE, 7L));
            gate.speak();
            task.callUntil("both partitions", () -> task.paused().isEmpty());
            assertThat(task.preCommit()).as("before Connect has sought").isEqualTo(Map.of(ZERO, 5L, ONE, 7L));
            assertThat(task.takeSeeks()).isEqualTo(Map.of(ZERO, 5L));
            task.put(Rows.rows(ZERO, 5, 10, 1));
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 15L, ONE, 7L)));
        }
    }

    @Test
    void stepsOverHolesInTheOffsets(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of())) {
            task.open(ZERO);
            task.put(Rows.row(ZERO, 3, 1, 1), Rows.row(ZERO, 70, 2, 1), Rows.row(ZERO, 71, 3, 1));

            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 72L)));
            task.consumedUpTo(ZERO, 90);
            assertThat(task.preCommit()).containsEntry(ZERO, 90L);
            assertThat(Rows.versions(database)).containsOnlyKeys(1L, 2L, 3L);
        }
    }

    /** Connect asks about partitions that are gone, and about some that this task never had. */
    @Test
    void leavesForeignPartitionsAlone(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        TopicPartition never = new TopicPartition("other", 5);
        try (TaskRun task = start(database, Map.of())) {
            task.open(ZERO);
            task.put(Rows.rows(ZERO, 0, 10, 1));
            task.consumedUpTo(never, 99);

            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 10L)));
            task.lose(never);
            assertThat(task.revoke(ZERO)).containsExactlyEntriesOf(Map.of(ZERO, 10L));
            task.consumedUpTo(ZERO, 10);
            assertThat(task.preCommit()).isEmpty();
            task.lose(ZERO);
        }
    }

    /** Under the consumer group protocol of KIP-848 a sink was seen to get records first and the partition after. */
    @Test
    void losesNothingOfRecordsThatComeBeforeThePartitionIsOpened(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of())) {
            task.assignSilently(ZERO);
            try (Locks lock = Locks.table(database, Rows.TABLE)) {
                task.put(Rows.rows(ZERO, 0, 10, 1));
                task.open(ZERO);
                task.put(Rows.rows(ZERO, 10, 10, 1));

                assertThat(task.preCommit()).isEqualTo(Map.of(ZERO, 0L));
            }
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 20L)));
            assertThat(database.count(Rows.TABLE)).isEqualTo(20);
        }
    }

    @Test
    void countsByTheOriginalTopicPartitionAndOffset(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of())) {
            task.open(ZERO);
            Map<String, Object> value = Map.of("id", 1, "version", 1);
            Locks lock = Locks.table(database, Rows.TABLE);
            task.put(new SinkRecord(
                    "renamed",
                    9,
                    null,
                    null,
                    null,
                    value,
                    41,
                    null,
                    TimestampType.NO_TIMESTAMP_TYPE,
                    new ConnectHeaders(),
                    ZERO.topic(),
                    ZERO.partition(),
                    1_000));

            assertThat(task.preCommit()).isEqualTo(Map.of(ZERO, 1_000L));
            lock.close();
            task.callUntil("it to be durable", () -> task.preCommit().equals(Map.of(ZERO, 1_001L)));
        }
    }

    @Test
    void waitsBrieflyForWhatIsUnderWayWhenPartitionsLeave(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of())) {
            task.open(ZERO);
            task.put(Rows.row(ZERO, 0, 1, 0));
            task.callUntil("the first row", () -> task.preCommit().equals(Map.of(ZERO, 1L)));
            task.put(Rows.rows(ZERO, 1, 1_000, 1));

            assertThat(task.revoke(ZERO)).containsExactlyEntriesOf(Map.of(ZERO, 1_001L));
            assertThat(Set.copyOf(Rows.versions(database).values())).contains(1L);
        }
    }

    private static TaskRun start(Database database, Map<String, String> settings) {
        return TaskRun.start(database, Settings.of(Rows.INTO_TABLE, settings));
    }
}
