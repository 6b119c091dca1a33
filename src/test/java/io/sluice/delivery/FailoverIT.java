package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.CrashPoint;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.NeedsOwnPostgres;
import io.sluice.harness.NeedsProcesses;
import io.sluice.harness.PostgresServer;
import io.sluice.harness.Scenario;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The primary dies, and its standby has not got the last transactions. */
@NeedsOwnPostgres
@ExtendWith(HarnessExtension.class)
final class FailoverIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final int RECORDS = 3_000;
    private static final int STEP = 100;

    private final TopicLog log = new TopicLog();

    /** Of partition one everything was written: no lane has a reason to look again. */
    @CrashPoint(7)
    @NeedsProcesses
    @Test
    void readsAgainWhatTheStandbyHasNotGot(Scenario test) {
        PrimaryAndStandby servers = PrimaryAndStandby.start(test, "failover");
        PostgresServer standby = servers.standby();
        Database after = servers.after();
        History history = History.in(servers.before());
        log.append(History.records(ZERO, 0, RECORDS));
        log.append(History.records(ONE, 0, RECORDS / 2));
        Map<String, String> settings =
                Settings.of(History.EXACTLY_ONCE, servers.settings(), Map.of("batch.size", "100"));
        try (LogRun task = LogRun.start(servers.before(), log, STEP, settings)) {
            task.open(ZERO, ONE);
            task.stepUntil("some rows", () -> history.written() > 500);
            test.await()
                    .until("the standby to follow", () -> after.hasTable("history") && after.count("history") > 500);
            standby.admin().execute("ALTER SYSTEM SET primary_conninfo = ''", "SELECT pg_reload_conf()");
            test.await()
                    .until(
                            "the standby to stand still",
                            () -> standby.admin().number("SELECT count(*) FROM pg_stat_wal_receiver") == 0);
            long kept = after.count("history");
            task.stepUntil("all of partition one, and more", () -> {
                task.commit();
                return log.committed().getOrDefault(ONE, 0L) == RECORDS / 2 && history.written() > kept + 500;
            });
            servers.primary().kill();
            servers.promote();

            task.stepUntil("all rows", () -> after.count("history") >= RECORDS + RECORDS / 2);
            assertThat(task.task().counter("PartitionsRewound")).isPositive();
            assertThat(after.count("history")).isGreaterThan(kept);
        }
        History.of(after).assertEachOnce(RECORDS, ZERO);
        History.of(after).assertEachOnce(RECORDS / 2, ONE);
    }

    /** The standby has not got more than that the task took the partitions over, or not even that. */
    @CrashPoint(7)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE sluice_offsets SET step = 0, next_offset = NULL, beyond = NULL, halves = NULL",
                "DELETE FROM sluice_offsets"
            })
    void readsNewPartitionsAgainFromWhereTheyBegan(String loss, Scenario test) {
        Database database = test.database();
        History history = History.in(database);
        log.append(History.records(ZERO, 0, RECORDS));
        log.append(History.records(ONE, 0, RECORDS));
        Map<String, String> settings = Settings.of(History.EXACTLY_ONCE, Map.of("batch.size", "100"));
        try (LogRun task = LogRun.start(database, log, STEP, settings)) {
            task.open(ZERO, ONE);
            task.stepUntil("some rows", () -> history.written() > 500);
            database.execute("BEGIN; LOCK TABLE sluice_offsets, rows_once, history; DELETE FROM rows_once;"
                    + " DELETE FROM history; " + loss + "; COMMIT");

            task.stepUntil("all rows", () -> history.written() >= 2 * RECORDS);
            task.finish();
            assertThat(task.task().counter("PartitionsRewound")).isPositive();
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
    }
}
