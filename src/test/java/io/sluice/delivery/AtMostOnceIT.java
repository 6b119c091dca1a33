package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No record takes effect twice; one whose transaction is cut off may not take effect at all. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class AtMostOnceIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final int RECORDS = 2_000;

    private final TopicLog log = new TopicLog();

    @Test
    void writesEverythingWhereNothingFails(Scenario test) {
        History history = fill(test.database());
        try (LogRun task = start(test.database(), Map.of())) {
            task.open(ZERO, ONE);
            task.finish();
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
    }

    @Test
    void neverWritesAgainWhatADeadTaskHadBegun(Scenario test) {
        Database database = test.database();
        History history = fill(database);
        try (FaultyProxy gate = FaultyProxy.before(database);
                LogRun task = start(gate.database(), Map.of("write.parallelism", "1", "batch.size", "100"))) {
            task.open(ZERO, ONE);
            task.stepUntil("some rows", () -> history.written() > 300);
            try (Locks lock = Locks.writes(database, History.TABLE)) {
                task.stepUntil(
                        "a transaction to wait",
                        () -> database.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND application_name LIKE 'sluice %' AND wait_event_type = 'Lock'")
                                > 0);
                gate.close();
            }
        }
        try (LogRun task = start(database, Map.of())) {
            task.open(ZERO, ONE);
            task.finish();
        }
        assertNoneTwice(database);
        assertThat(history.written())
                .as("what the dead task had begun is lost")
                .isBetween(2L * RECORDS - 200, 2L * RECORDS - 1);
    }

    @Test
    void doesNotRepeatATransactionWhoseAnswerWasLost(Scenario test) {
        History history = fill(test.database());
        try (FaultyProxy proxy = FaultyProxy.before(test.database());
                LogRun task = start(proxy.database(), Map.of("batch.size", "50"))) {
            task.open(ZERO, ONE);
            // Or it would be the takeover's answers.
            task.stepUntil("the first rows", () -> history.written() > 0);
            for (int times = 1; times <= 6; times++) {
                int wanted = times;
                proxy.stealNextCommit();
                task.stepUntil(
                        "an answer to be lost",
                        () -> proxy.stolen() >= wanted || history.written() >= 2L * RECORDS - 50L * wanted);
            }
            task.finish();
            assertThat(proxy.stolen()).isPositive();
        }
        assertNoneTwice(test.database());
        assertThat(history.written()).isGreaterThan(2L * RECORDS - 6 * 100);
    }

    /** The server says no to a commit, which leaves nothing in doubt. */
    @Test
    void aRecordThatIsRefusedAtTheCommitCostsThatRecord(Scenario test) {
        Database database = test.database();
        History history = History.in(database);
        database.execute("ALTER TABLE rows_once ADD UNIQUE (version) DEFERRABLE INITIALLY DEFERRED");
        List<SinkRecord> records = new ArrayList<>(History.records(ZERO, 0, RECORDS));
        records.set(1_234, Rows.row(ZERO, 1_234, 1_234, 1_233));
        log.append(records);
        Map<String, String> tolerant = Map.of("errors.tolerance", "all", "errors.table", "letters");
        try (LogRun task = start(database, tolerant)) {
            task.open(ZERO);
            task.finish();
        }
        assertThat(database.column("SELECT record_offset FROM letters"))
                .hasSize(1)
                .containsAnyOf(1_233L, 1_234L);
        assertThat(history.written()).isEqualTo(RECORDS - 1);
    }

    private static void assertNoneTwice(Database database) {
        assertThat(database.rows("SELECT id, count(*) FROM history GROUP BY id HAVING count(*) > 1 LIMIT 10"))
                .isEmpty();
    }

    private History fill(Database database) {
        log.append(History.records(ZERO, 0, RECORDS));
        log.append(History.records(ONE, 0, RECORDS));
        return History.in(database);
    }

    private LogRun start(Database database, Map<String, String> settings) {
        return LogRun.start(
                database,
                log,
                100,
                Settings.of(History.EXACTLY_ONCE, Map.of("delivery.guarantee", "at_most_once"), settings));
    }
}
