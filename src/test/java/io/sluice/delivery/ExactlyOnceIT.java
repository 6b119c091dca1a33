package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.CrashPoint;
import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each record takes effect once, whoever dies and whoever thinks that he still owns a partition. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class ExactlyOnceIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final int RECORDS = 3_000;
    private static final int STEP = 150;

    private final TopicLog log = new TopicLog();

    @Test
    void writesEachRecordOnce(Scenario test) {
        History history = fill(test.database());
        try (LogRun task = start(test.database(), Map.of())) {
            task.open(ZERO, ONE);
            task.finish();
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
        assertThat(log.committed()).containsEntry(ZERO, (long) RECORDS).containsEntry(ONE, (long) RECORDS);
    }

    /** It never commits to Kafka, and is cut off wherever it happens to be. */
    @CrashPoint({1, 2, 4, 5})
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void readsOnFromTheLedgerWhenATaskDies(long seed, Scenario test) {
        Random random = new Random(seed);
        History history = fill(test.database());
        int deaths = 0;
        while (history.written() < 2 * RECORDS && deaths < 100) {
            try (FaultyProxy gate = FaultyProxy.before(test.database());
                    LogRun task = start(gate.database(), Map.of("batch.size", "100"))) {
                task.open(ZERO, ONE);
                long before = history.written();
                long more = random.nextInt(1_800);
                task.stepUntil("some progress", () -> history.written() >= Math.min(2 * RECORDS, before + more));
                gate.close();
                deaths++;
            }
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
        assertThat(deaths).isGreaterThan(2);
        assertThat(log.committed()).isEmpty();
    }

    /** Nobody has told the owner before. */
    @CrashPoint({8, 11, 12})
    @Test
    void aTaskThatLostItsPartitionUnawaresWritesNothingMoreOfIt(Scenario test) {
        History history = fill(test.database());
        try (LogRun old = start(test.database(), Map.of("batch.size", "50"));
                LogRun next = start(test.database(), Map.of("batch.size", "50"))) {
            old.open(ZERO, ONE);
            old.stepUntil("the old one to write", () -> history.written() > 200);
            next.open(ZERO);
            next.stepUntil("the next one to take over", () -> {
                old.step();
                return next.task().paused().isEmpty();
            });
            next.stepUntil("all of it", () -> {
                old.step();
                return history.written() >= 2 * RECORDS;
            });
            old.lose(ZERO);
            next.finish();
            old.finish();
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
    }

    /** A session that holds the ledger's row and will never let go by itself. */
    @CrashPoint(9)
    @Test
    void endsASessionThatHoldsAPartitionForLong(Scenario test) {
        History history = fill(test.database());
        try (LogRun first = start(test.database(), Map.of())) {
            first.open(ZERO);
            first.finish();
        }
        String all = "UPDATE sluice_offsets SET updated = now()";
        try (Locks frozen = Locks.by(test.database(), all);
                LogRun next = start(test.database(), Map.of())) {
            next.open(ZERO, ONE);
            next.finish();
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
    }

    /** The server has committed, and its answer never comes. */
    @CrashPoint({3, 13})
    @Test
    void findsOutWhetherATransactionWasCommittedWhoseAnswerWasLost(Scenario test) {
        History history = History.in(test.database());
        try (FaultyProxy proxy = FaultyProxy.before(test.database());
                LogRun task = start(proxy.database(), Map.of("batch.size", "100"))) {
            task.open(ZERO, ONE);
            // Or it would be the answers that takeovers and new connections wait for.
            log.append(History.records(ZERO, 0, STEP));
            log.append(History.records(ONE, 0, STEP));
            task.finish();
            log.append(History.records(ZERO, STEP, RECORDS - STEP));
            log.append(History.records(ONE, STEP, RECORDS - STEP));
            for (int times = 1; times <= 5; times++) {
                int wanted = times;
                proxy.stealNextCommit();
                task.stepUntil(
                        "an answer to be lost", () -> proxy.stolen() >= wanted || history.written() >= 2 * RECORDS);
            }
            task.finish();
            assertThat(proxy.stolen()).isGreaterThan(1);
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
    }

    /** A failover, or a recovery to a point in time, takes both rows and offsets back. */
    @CrashPoint(7)
    @Test
    void readsAgainWhatTheDatabaseHasForgotten(Scenario test) {
        Database database = test.database();
        History history = fill(database);
        try (LogRun task = start(database, Map.of("batch.size", "100"))) {
            task.open(ZERO, ONE);
            task.stepUntil("some rows", () -> history.written() > 500);
            database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; CREATE TABLE kept_offsets AS TABLE sluice_offsets;"
                    + " CREATE TABLE kept_rows AS TABLE rows_once; CREATE TABLE kept_history AS TABLE history; COMMIT");
            long kept = history.written();
            task.stepUntil("more rows", () -> history.written() > kept + 500);
            database.execute("""
                    BEGIN;
                    LOCK TABLE sluice_offsets, rows_once, history;
                    DELETE FROM rows_once; DELETE FROM history; DELETE FROM sluice_offsets;
                    ALTER TABLE rows_once DISABLE TRIGGER remember;
                    INSERT INTO rows_once TABLE kept_rows; INSERT INTO history TABLE kept_history;
                    INSERT INTO sluice_offsets TABLE kept_offsets;
                    ALTER TABLE rows_once ENABLE TRIGGER remember;
                    COMMIT""");
            // Lanes with nothing more to write learn of it from the task's look at the ledger.
            task.stepUntil("all rows", () -> history.written() >= 2 * RECORDS);
            task.finish();
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
    }

    /** What is durable beyond the floor is known by offset, not by lane. */
    @Test
    void theNumberOfLanesMayChangeBetweenRuns(Scenario test) {
        History history = fill(test.database());
        for (String lanes : new String[] {"4", "1", "3"}) {
            try (Locks lock = Locks.row(test.database(), History.TABLE, -1);
                    FaultyProxy gate = FaultyProxy.before(test.database());
                    LogRun task = start(gate.database(), Map.of("write.parallelism", lanes, "batch.size", "37"))) {
                long before = history.written();
                task.open(ZERO, ONE);
                task.stepUntil("some rows", () -> history.written() >= Math.min(2 * RECORDS, before + 400));
                gate.close();
            }
        }
        try (LogRun task = start(test.database(), Map.of())) {
            task.open(ZERO, ONE);
            task.finish();
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
    }

    /** It was done with before there was a table, and no lane had it. Were it done again, it would delete what came after it. */
    @Test
    void neverRepeatsADeletionThatFoundNoTable(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        log.append(List.of(
                keyed(0, Rows.TABLE, 7, Map.of("version", 1L)),
                keyed(1, "late", 1, null),
                keyed(2, "late", 1, Map.of("version", 2L))));
        Map<String, String> settings = Map.of(
                "table.name.format",
                "${header.table}",
                "pk.mode",
                "auto",
                "delete.enabled",
                "true",
                "auto.create",
                "true");
        try (Locks lock = Locks.table(database, Rows.TABLE);
                FaultyProxy gate = FaultyProxy.before(database);
                LogRun task = start(gate.database(), settings)) {
            task.open(ZERO);
            task.stepUntil("the late row", () -> database.hasTable("late") && database.count("late") == 1);
            gate.close();
        }
        try (LogRun task = start(database, settings)) {
            task.open(ZERO);
            task.finish();
        }
        assertThat(Rows.versions(database)).containsEntry(7L, 1L);
        assertThat(database.number("SELECT version FROM late WHERE id = 1")).isEqualTo(2);
    }

    private static SinkRecord keyed(long offset, String table, long id, @Nullable Map<String, ?> value) {
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString("table", table);
        return new SinkRecord(
                ZERO.topic(),
                ZERO.partition(),
                null,
                Map.of("id", id),
                null,
                value,
                offset,
                null,
                TimestampType.NO_TIMESTAMP_TYPE,
                headers);
    }

    @CrashPoint(17)
    @Test
    void failsWithAMessageWhereTheLedgerIsTakenAway(Scenario test) {
        History history = fill(test.database());
        try (LogRun task = start(test.database(), Map.of("batch.size", "20"))) {
            task.open(ZERO, ONE);
            task.stepUntil("some rows", () -> history.written() > 100);
            test.database().execute("DROP TABLE sluice_offsets");

            assertThat(task.failure()).contains("sluice_offsets", "does not exist");
        }
    }

    @Test
    void refusesATableThatACrashWouldEmpty(Scenario test) {
        fill(test.database());
        test.database().execute("ALTER TABLE rows_once SET UNLOGGED");
        try (LogRun task = start(test.database(), Map.of())) {
            task.open(ZERO);
            assertThat(task.failure()).contains("UNLOGGED", "SET LOGGED", "at_least_once");
        }
    }

    /** Insert mode has no key that would forgive a second time. */
    @Test
    void needsNoKey(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE log (id bigint, version bigint)");
        log.append(History.records(ZERO, 0, RECORDS));
        Map<String, String> plain = Map.of("table.name.format", "log", "insert.mode", "insert", "batch.size", "64");
        for (int times = 0; times < 2; times++) {
            try (FaultyProxy gate = FaultyProxy.before(database);
                    LogRun task = start(gate.database(), plain)) {
                long wanted = 500L * (times + 1);
                task.open(ZERO);
                task.stepUntil("some rows", () -> database.number("SELECT count(*) FROM log") >= wanted);
                gate.close();
            }
        }
        try (LogRun task = start(database, plain)) {
            task.open(ZERO);
            task.finish();
        }
        assertThat(database.number("SELECT count(*) FROM log")).isEqualTo(RECORDS);
        assertThat(database.number("SELECT count(DISTINCT id) FROM log")).isEqualTo(RECORDS);
    }

    private History fill(Database database) {
        log.append(History.records(ZERO, 0, RECORDS));
        log.append(History.records(ONE, 0, RECORDS));
        return History.in(database);
    }

    private LogRun start(Database database, Map<String, String> settings) {
        return LogRun.start(database, log, STEP, Settings.of(History.EXACTLY_ONCE, settings));
    }
}
