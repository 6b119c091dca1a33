package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.CrashPoint;
import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad record costs that record and nothing else. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A gate is closed early, and once more at the end.
final class DeadLettersIT {
    private static final TopicPartition ZERO = new TopicPartition("orders", 0);
    private static final int RECORDS = 10_000;
    private static final Map<String, String> TOLERANT =
            Settings.of(Rows.INTO_TABLE, Map.of("errors.tolerance", "all", "latency.target.ms", "60000"));
    private static final Map<String, String> WITH_TABLE =
            Settings.of(TOLERANT, Map.of("errors.table", "sluice_errors"));

    /** One that PostgreSQL refuses, one that does not fit its column, and one that is no row. */
    @Test
    void writesAllButTheBadRecords(Scenario test) {
        Database database = test.database();
        createTable(database);
        List<SinkRecord> records = new ArrayList<>(Rows.rows(ZERO, 0, RECORDS, 1));
        records.set(17, Rows.row(ZERO, 17, 18, 1_000));
        records.set(5_000, Rows.value(ZERO, 5_000, Map.of("id", 5_001L, "version", "secret word")));
        records.set(9_999, Rows.value(ZERO, 9_999, "plain text"));
        try (TaskRun task = TaskRun.start(database, WITH_TABLE)) {
            task.open(ZERO);
            task.put(records);
            task.callUntil("all to be durable", () -> committed(task) == RECORDS);
            assertThat(task.counter("DeadLetters")).isEqualTo(3);
        }

        assertThat(Rows.versions(database)).hasSize(RECORDS - 3).doesNotContainKeys(18L, 5_001L, 10_000L);
        List<List<@Nullable Object>> letters =
                database.rows("SELECT record_offset, target, sqlstate, reason, record_value "
                        + "FROM sluice_errors WHERE connector = 'direct' AND topic = 'orders' AND part = 0 ORDER BY 1");
        assertThat(letters).extracting(letter -> letter.get(0)).containsExactly(17L, 5_000L, 9_999L);
        assertThat(letters).extracting(letter -> letter.get(1)).containsOnly("versions");
        assertThat(letters).extracting(letter -> letter.get(2)).containsExactly("23514", null, null);
        assertThat(letters.get(0).get(3)).asString().contains("offset 17", "versions_version_check");
        assertThat(letters.get(1).get(3))
                .asString()
                .contains("offset 5000", "version")
                .doesNotContain("secret");
        assertThat(letters.get(1).get(4)).asString().contains("\"version\":\"secret word\"");
        assertThat(letters.get(2).get(4)).isEqualTo("\"plain text\"");
    }

    /** In what one bad record costs: the tries, and that no good one goes with it. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "unnest", "rows"})
    void oneBadRecordOfTenThousandCostsFewStatements(String method, Scenario test) {
        Database database = test.database();
        createTable(database);
        database.execute("CREATE TABLE tries (n bigint)");
        database.execute("CREATE FUNCTION count_try() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                + "PERFORM nextval('attempts'); RETURN NULL; END $$");
        database.execute("CREATE SEQUENCE attempts");
        database.execute(
                "CREATE TRIGGER tries BEFORE INSERT ON versions FOR EACH STATEMENT EXECUTE FUNCTION count_try()");
        List<SinkRecord> records = new ArrayList<>(Rows.rows(ZERO, 0, RECORDS, 1));
        records.set(6_789, Rows.row(ZERO, 6_789, 6_790, 1_000));
        Map<String, String> settings = Settings.of(
                WITH_TABLE, Map.of("write.parallelism", "1", "write.method", method, "batch.size", "10000"));
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(ZERO);
            task.put(records);
            task.callUntil("all to be durable", () -> committed(task) == RECORDS);
        }

        assertThat(Rows.versions(database)).hasSize(RECORDS - 1).doesNotContainKey(6_790L);
        assertThat(database.number("SELECT count(*) FROM sluice_errors")).isOne();
        // Single rows take a statement each, which PostgreSQL counts and the network does not see.
        if (!method.equals("rows")) {
            assertThat(database.number("SELECT last_value FROM attempts")).isLessThanOrEqualTo(30);
        }
    }

    @Test
    void nothingButBadRecordsIsFoundOutQuickly(Scenario test) {
        Database database = test.database();
        createTable(database);
        int count = 2_000;
        try (TaskRun task = TaskRun.start(database, WITH_TABLE)) {
            task.open(ZERO);
            task.put(Rows.rows(ZERO, 0, count, 1_000));
            task.callUntil("all to be put aside", () -> committed(task) == count);
        }

        assertThat(Rows.versions(database)).isEmpty();
        assertThat(database.number("SELECT count(DISTINCT record_offset) FROM sluice_errors"))
                .isEqualTo(count);
    }

    /** What a trigger refuses because of the rows around it is no bad record, though PostgreSQL names its row. */
    @Test
    void aRecordThatIsRefusedForTheCompanyItKeepsIsWritten(Scenario test) {
        Database database = test.database();
        createTable(database);
        database.execute(
                "CREATE FUNCTION alone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF current_setting('sluice.alone', true) = pg_current_xact_id()::text THEN"
                        + " RAISE check_violation; END IF;"
                        + " PERFORM set_config('sluice.alone', pg_current_xact_id()::text, false); RETURN NEW; END $$",
                "CREATE TRIGGER alone BEFORE INSERT ON versions FOR EACH ROW EXECUTE FUNCTION alone()");
        Map<String, String> settings = Settings.of(
                WITH_TABLE, Map.of("insert.mode", "insert", "write.method", "copy", "write.parallelism", "1"));
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(ZERO);
            task.put(Rows.rows(ZERO, 0, 20, 1));
            task.callUntil("all to be durable", () -> committed(task) == 20);
            assertThat(task.counter("DeadLetters")).isZero();
        }

        assertThat(Rows.versions(database)).hasSize(20);
    }

    @Test
    void failsWithoutTolerance(Scenario test) {
        Database database = test.database();
        createTable(database);
        Reporter reporter = new Reporter();
        try (TaskRun task = TaskRun.start(database, Rows.INTO_TABLE, reporter)) {
            task.open(ZERO);
            task.put(Rows.row(ZERO, 0, 1, 1_000));

            assertThat(task.failure()).contains("topic orders, partition 0, offset 0");
        }
        assertThat(reporter.reported()).isEmpty();
    }

    /**
     * Letters and rows share a transaction with their offsets, wherever the task dies. PostgreSQL refuses one half of the bad
     * records, and nobody can read the other.
     */
    @Test
    @CrashPoint(14)
    void lettersAreExactWhereTheOffsetsAreInPostgres(Scenario test) {
        Database database = test.database();
        createTable(database);
        TopicLog log = new TopicLog();
        int count = 2_000;
        log.append(IntStream.range(0, count)
                .mapToObj(i -> i % 100 == 0
                        ? Rows.value(ZERO, i, List.of("no row"))
                        : Rows.row(ZERO, i, i + 1, i % 50 == 0 ? 1_000 : 1))
                .toList());
        Map<String, String> settings = Settings.of(
                WITH_TABLE, Map.of("delivery.guarantee", "exactly_once", "insert.mode", "insert", "batch.size", "100"));
        int deaths = 0;
        while (database.number("SELECT count(*) FROM versions") + letters(database) < count && deaths < 50) {
            try (FaultyProxy gate = FaultyProxy.before(database);
                    LogRun task = LogRun.start(gate.database(), log, 150, settings)) {
                task.open(ZERO);
                long before = letters(database);
                task.stepUntil("some letters", () -> letters(database) >= Math.min(count / 50, before + 15));
                gate.close();
                deaths++;
            }
        }
        try (LogRun task = LogRun.start(database, log, 150, settings)) {
            task.open(ZERO);
            task.finish();
        }

        assertThat(deaths).isGreaterThan(1);
        assertThat(Rows.versions(database)).hasSize(count - count / 50);
        assertThat(letters(database)).isEqualTo(count / 50);
        assertThat(database.number("SELECT count(DISTINCT record_offset) FROM sluice_errors"))
                .isEqualTo(count / 50);
    }

    /** Where a row has become durable with a letter, both have. */
    @Test
    @CrashPoint(14)
    void aLetterIsThereOnceThoughTheAnswerToItsCommitIsLost(Scenario test) {
        Database database = test.database();
        createTable(database);
        TopicLog log = new TopicLog();
        Map<String, String> exact =
                Settings.of(WITH_TABLE, Map.of("delivery.guarantee", "exactly_once", "write.parallelism", "1"));
        try (FaultyProxy proxy = FaultyProxy.before(database);
                LogRun task = LogRun.start(proxy.database(), log, 150, exact)) {
            task.open(ZERO);
            log.append(Rows.rows(ZERO, 0, 1, 1));
            task.finish();
            for (int offset = 1; offset < 7; offset += 2) {
                proxy.stealNextCommit();
                log.append(
                        List.of(Rows.row(ZERO, offset, offset + 1, 1_000), Rows.row(ZERO, offset + 1, offset + 2, 1)));
                task.finish();
            }
            assertThat(proxy.stolen()).isPositive();
        }

        assertThat(Rows.versions(database)).containsOnlyKeys(1L, 3L, 5L, 7L);
        assertThat(database.column("SELECT record_offset FROM sluice_errors ORDER BY 1"))
                .containsExactly(1L, 3L, 5L);
    }

    /** What the documentation gives for bringing them back. */
    @Test
    void lettersComeBackWithOneStatement(Scenario test) {
        Database database = test.database();
        createTable(database);
        database.execute("ALTER TABLE versions ADD photo bytea");
        try (TaskRun task = TaskRun.start(database, WITH_TABLE)) {
            task.open(ZERO);
            task.put(
                    Rows.value(ZERO, 0, Map.of("id", 1L, "version", 1_000L, "photo", new byte[] {1, -1})),
                    Rows.row(ZERO, 1, 2, 1),
                    Rows.value(ZERO, 2, Map.of("id", 3L, "note", "a\0b")));
            task.callUntil("all to be durable", () -> committed(task) == 3);
        }
        database.execute("ALTER TABLE versions DROP CONSTRAINT versions_version_check");

        database.execute("""
                WITH letters AS (
                    DELETE FROM sluice_errors WHERE connector = 'direct' AND target = 'versions'
                        AND strpos(record_value, '\\u0000') = 0
                    RETURNING *
                )
                INSERT INTO versions
                SELECT DISTINCT ON (letters.topic, letters.part, letters.record_offset) row.*
                FROM letters, jsonb_populate_record(NULL::versions, letters.record_value::jsonb) AS row
                ON CONFLICT DO NOTHING""");

        assertThat(Rows.versions(database)).containsOnly(Map.entry(1L, 1_000L), Map.entry(2L, 1L));
        assertThat(database.column("SELECT photo FROM versions WHERE id = 1")).containsExactly(new byte[] {1, -1});
        assertThat(database.column("SELECT record_offset FROM sluice_errors")).containsExactly(2L);
    }

    /** Whatever it holds, a value goes into the table of bad records. */
    @Test
    void keepsValuesThatNoColumnTakes(Scenario test) {
        Database database = test.database();
        createTable(database);
        try (TaskRun task = TaskRun.start(database, WITH_TABLE)) {
            task.open(ZERO);
            task.put(
                    Rows.value(ZERO, 0, Map.of("id", 1L, "note", "a\0b")),
                    Rows.value(ZERO, 1, Map.of("id", Double.NaN)),
                    Rows.value(ZERO, 2, List.of(new byte[] {1, 2}, "\uD800")),
                    Rows.row(ZERO, 3, 4, 1));
            task.callUntil("all to be durable", () -> committed(task) == 4);
        }

        assertThat(Rows.versions(database)).containsOnlyKeys(4L);
        assertThat(database.rows("SELECT record_value FROM sluice_errors ORDER BY record_offset"))
                .extracting(letter -> letter.get(0))
                .satisfiesExactly(
                        value -> assertThat(value).asString().contains("a\\u0000b"),
                        value -> assertThat(value).asString().contains("NaN"),
                        value -> assertThat(value).asString().contains("\"\\\\x0102\""));
    }

    private static void createTable(Database database) {
        Rows.createTable(database);
        database.execute("ALTER TABLE versions ADD CHECK (version < 1000)");
    }

    private static long letters(Database database) {
        boolean there = database.number("SELECT count(*) FROM pg_class WHERE relname = 'sluice_errors'") > 0;
        return there ? database.number("SELECT count(*) FROM sluice_errors") : 0;
    }

    private static long committed(TaskRun task) {
        return task.preCommit().getOrDefault(ZERO, 0L);
    }
}
