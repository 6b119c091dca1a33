package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.CrashPoint;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.NeedsOwnPostgres;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import io.sluice.harness.Topic;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each record takes effect once though PostgreSQL crashes, a change of a table fails, or a task does not end in time. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class ExactlyOnceOutageIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final int RECORDS = 3_000;

    private final TopicLog log = new TopicLog();

    /** It has committed, and waits for a standby before it says so. */
    @CrashPoint({3, 6})
    @NeedsOwnPostgres
    @Test
    void whenPostgresCrashes(Scenario test) {
        Database database = test.database();
        History history = History.in(database);
        log.append(History.records(ZERO, 0, RECORDS));
        log.append(History.records(ONE, 0, RECORDS));
        try (LogRun task = start(database, Map.of("batch.size", "50"))) {
            task.open(ZERO, ONE);
            for (int crashes = 0; crashes < 3; crashes++) {
                long wanted = history.written() + 1_000;
                task.stepUntil("some rows", () -> history.written() >= wanted);
                awaitStandby(test, "nobody");
                task.stepUntil("a commit to wait", () -> waiting(database, "wait_event = 'SyncRep'") > 0);
                // It is in force when the server comes back, and not before.
                test.postgres().admin().execute("ALTER SYSTEM RESET synchronous_standby_names");
                test.postgres().crash();
                task.step();
                test.postgres().start();
            }
            task.finish();
        } finally {
            test.postgres().start();
            awaitStandby(test, "");
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
    }

    private static void awaitStandby(Scenario test, String name) {
        test.postgres()
                .admin()
                .execute("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'", "SELECT pg_reload_conf()");
    }

    /** A table that is created, and later gets a column; each fails twice when it is done but for its commit. */
    @CrashPoint(19)
    @Test
    void whenAChangeOfATableFails(Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE SEQUENCE changes",
                """
                CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public.grown')
                            AND nextval('changes') % 3 <> 0 THEN
                        RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full';
                    END IF;
                END $$""",
                "CREATE EVENT TRIGGER refuse ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE')"
                        + " EXECUTE FUNCTION refuse()");
        log.append(IntStream.range(0, 2 * RECORDS)
                .mapToObj(offset -> Rows.value(
                        ZERO,
                        offset,
                        offset < RECORDS ? Map.of("id", (long) offset) : Map.of("id", (long) offset, "colour", "red")))
                .toList());
        Map<String, String> growing = Map.of(
                "table.name.format",
                "grown",
                "insert.mode",
                "insert",
                "pk.mode",
                "none",
                "auto.create",
                "true",
                "auto.evolve",
                "true",
                "batch.size",
                "100");
        try (LogRun task = start(database, growing)) {
            task.open(ZERO);
            task.finish();
        }
        assertThat(database.number("SELECT last_value FROM changes")).isEqualTo(6);
        assertThat(database.number("SELECT count(*) FROM grown")).isEqualTo(2 * RECORDS);
        assertThat(database.number("SELECT count(DISTINCT id) FROM grown")).isEqualTo(2 * RECORDS);
        assertThat(database.number("SELECT count(*) FROM grown WHERE colour = 'red'"))
                .isEqualTo(RECORDS);
    }

    /** A column becomes wider, and there is no room for another one: the table stays as it was until both are there. */
    @CrashPoint(19)
    @Test
    void whenTheSecondStepOfATablesChangeFails(Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TABLE grown (id bigint PRIMARY KEY, size smallint)",
                """
                CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF to_regclass('room') IS NULL
                            AND EXISTS (SELECT FROM pg_attribute
                                        WHERE attrelid = 'grown'::regclass AND attname = 'colour') THEN
                        RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full';
                    END IF;
                END $$""",
                "CREATE EVENT TRIGGER refuse ON ddl_command_end WHEN TAG IN ('ALTER TABLE')"
                        + " EXECUTE FUNCTION refuse()");
        String columns = "SELECT string_agg(format_type(atttypid, -1), ' ' ORDER BY attnum) FROM pg_attribute"
                + " WHERE attrelid = 'grown'::regclass AND attnum > 0";
        log.append(IntStream.range(0, 100)
                .mapToObj(offset -> Rows.value(
                        ZERO,
                        offset,
                        offset < 50
                                ? Map.of("id", (long) offset)
                                : Map.of("id", (long) offset, "size", "large", "colour", "red")))
                .toList());
        Map<String, String> growing =
                Map.of("table.name.format", "grown", "auto.evolve", "true", "evolve.widen", "true");
        try (LogRun task = start(database, growing)) {
            task.open(ZERO);
            task.stepUntil("two tries", () -> task.task().retries() >= 2);
            assertThat(database.column(columns)).containsExactly("bigint smallint");

            database.execute("CREATE TABLE room ()");
            task.finish();
        }
        assertThat(database.column(columns)).containsExactly("bigint text text");
        assertThat(database.number("SELECT count(*) FROM grown WHERE size = 'large' AND colour = 'red'"))
                .isEqualTo(50);
        assertThat(database.count("grown")).isEqualTo(100);
    }

    /** Its lanes of before hold a transaction of it, and more in their queues. */
    @CrashPoint(12)
    @Test
    void whenAPartitionComesBackToTheSameTask(Scenario test) {
        Database database = test.database();
        History history = History.in(database);
        log.append(History.records(ZERO, 0, RECORDS));
        try (LogRun task = start(database, Map.of("batch.size", "50"))) {
            for (int times = 0; times < 3; times++) {
                task.open(ZERO);
                long wanted = history.written() + 300;
                task.stepUntil("some rows", () -> history.written() > wanted);
                try (Locks lock = Locks.writes(database, History.TABLE)) {
                    task.stepUntil("a transaction to wait", () -> isWaiting(database));
                    task.lose(ZERO);
                    task.open(ZERO);
                }
                task.stepUntil("more rows", () -> history.written() > wanted + 300);
                task.lose(ZERO);
            }
            task.open(ZERO);
            task.finish();
        }
        history.assertEachOnce(RECORDS, ZERO);
    }

    /** Connect gives up on it and starts its successor, but nobody stops it: it has a transaction under way, and more. */
    @CrashPoint(18)
    @Test
    void whenATaskThatWasGivenUpWritesOn(Scenario test) {
        Database database = test.database();
        History history = History.in(database);
        log.append(History.records(ZERO, 0, RECORDS));
        Map<String, String> small = Map.of("batch.size", "50");
        try (LogRun old = start(database, small);
                LogRun next = start(database, small)) {
            old.open(ZERO);
            old.stepUntil("some rows", () -> history.written() > 200);
            try (Locks lock = Locks.writes(database, History.TABLE)) {
                old.stepUntil("a transaction to wait", () -> isWaiting(database));
                next.open(ZERO);
                next.stepUntil("the successor to have it", () -> {
                    old.step();
                    return next.task().paused().isEmpty();
                });
            }
            next.stepUntil("all rows", () -> {
                old.step();
                return history.written() >= RECORDS;
            });
            old.lose(ZERO);
            next.finish();
        }
        history.assertEachOnce(RECORDS, ZERO);
    }

    /** The same in a worker that waits for no task. */
    @CrashPoint(18)
    @Test
    void whenAWorkerWaitsForNoTask(Scenario test) {
        Database database = test.database();
        History history = History.in(database);
        ConnectWorker hasty =
                test.startWorker("hasty", ServerOptions.forTests().with("task.shutdown.graceful.timeout.ms", "1"));
        Topic topic = test.topic("hasty", 2);
        Connector connector = test.connector(hasty, "hasty")
                .configure(test.sinkConfig(topic, Settings.of(History.EXACTLY_ONCE, Map.of("batch.size", "50"))))
                .awaitRunning();
        int sent = 0;
        for (int times = 1; times <= 3; times++) {
            int wanted = times;
            send(topic, sent, 1_000);
            long half = sent + 500L;
            test.await().until("half of them", () -> history.written() >= half);
            try (Locks lock = Locks.writes(database, History.TABLE)) {
                send(topic, sent + 1_000, 1_000);
                test.await().until("a transaction to wait", () -> isWaiting(database));
                connector.restart();
                test.await().until("a task to be given up", () -> givenUp(hasty) >= wanted);
            }
            sent += 2_000;
        }
        int all = sent;
        test.await().until("all rows", () -> history.written() >= all);
        connector.stop();
        assertThat(database.number("SELECT count(*) FROM history")).isEqualTo(all);
        assertThat(database.number("SELECT count(DISTINCT id) FROM history")).isEqualTo(all);
    }

    private static long givenUp(ConnectWorker worker) {
        return worker.log().since(0).stream()
                .filter(line -> line.contains("Graceful stop of task"))
                .count();
    }

    private static boolean isWaiting(Database database) {
        return waiting(database, "wait_event_type = 'Lock'") > 0;
    }

    private static long waiting(Database database, String condition) {
        return database.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name LIKE 'sluice %' AND " + condition);
    }

    private static void send(Topic topic, int from, int count) {
        topic.send(IntStream.range(from, from + count)
                .mapToObj(id -> Message.json(Map.of("id", id, "version", id)).inPartition(id % 2)));
    }

    private LogRun start(Database database, Map<String, String> settings) {
        return LogRun.start(database, log, 150, Settings.of(History.EXACTLY_ONCE, settings));
    }
}
