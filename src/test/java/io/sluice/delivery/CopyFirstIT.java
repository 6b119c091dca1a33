package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An upsert that is tried as a plain copy first leaves what an upsert leaves, whatever is on the table. */
@ExtendWith(HarnessExtension.class)
final class CopyFirstIT {
    private static final int ROWS = 5_000;
    private static final String TABLE = "CREATE TABLE items (id bigint PRIMARY KEY, a bigint)";

    private int offset;

    @Test
    void newRowsAreCopied(Scenario test) {
        Database database = test.database();
        database.execute(TABLE);
        try (TaskRun task = start(database)) {
            write(task, range(0, ROWS, 1));

            assertThat(copies(task)).isEqualTo(1);
            assertThat(conflicts(task)).isZero();
        }
        assertThat(database.rows("SELECT count(*), min(a), max(a) FROM items"))
                .containsExactly(Database.row((long) ROWS, 1L, 1L));
    }

    @Test
    void hundredsOfNewRowsAreCopiedWhereTheServerIsNear(Scenario test) {
        test.database().execute(TABLE);
        try (TaskRun task = start(test.database(), settings("write.method", "auto"))) {
            write(task, range(0, 100, 1));
            write(task, range(100, 1_000, 1));

            assertThat(copies(task)).isEqualTo(1);
        }
    }

    @Test
    void oneRowThatIsThereMakesItAMerge(Scenario test) {
        Database database = test.database();
        database.execute(TABLE, "INSERT INTO items VALUES (4321, 0)");
        try (TaskRun task = start(database)) {
            write(task, range(0, ROWS, 1));

            assertThat(copies(task)).isZero();
            assertThat(conflicts(task)).isEqualTo(1);
        }
        assertThat(database.rows("SELECT count(*), min(a), max(a) FROM items"))
                .containsExactly(Database.row((long) ROWS, 1L, 1L));
    }

    @Test
    void whatTheTransactionDidBeforeAConflictStays(Scenario test) {
        Database database = test.database();
        database.execute(
                TABLE,
                "CREATE TABLE others (id bigint PRIMARY KEY, a bigint)",
                "INSERT INTO items VALUES (1, 0)",
                "INSERT INTO others VALUES (7, 0)");
        try (TaskRun task = start(database, settings("delete.enabled", "true", "pk.mode", "record_key"))) {
            List<SinkRecord> records = new ArrayList<>();
            records.add(record("others", Map.of("id", 7L), null));
            records.add(record("others", Map.of("id", 8L), Map.of("a", 8L)));
            records.add(record("items", Map.of("id", 1L), Map.of("a", 1L)));
            write(task, records);
        }
        assertThat(database.rows("SELECT * FROM others")).containsExactly(Database.row(8L, 8L));
        assertThat(database.rows("SELECT * FROM items")).containsExactly(Database.row(1L, 1L));
    }

    @Test
    void aConcurrentWriterOfTheSameKeyIsWaitedFor(Scenario test) throws SQLException {
        Database database = test.database();
        database.execute(TABLE);
        try (TaskRun task = start(database);
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO items VALUES (77, 0)");
            task.put(range(0, ROWS, 1));
            task.callUntil(
                    "the copy to wait for the other session",
                    () -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            other.commit();
            settle(task);

            assertThat(conflicts(task)).isEqualTo(1);
        }
        assertThat(database.rows("SELECT count(*), min(a), max(a) FROM items"))
                .containsExactly(Database.row((long) ROWS, 1L, 1L));
    }

    @Test
    void triggersForEachRowFireAsForAnUpsert(Scenario test) {
        Database database = test.database();
        database.execute(
                TABLE,
                "CREATE TABLE log (operation text, id bigint, a bigint)",
                """
                CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN INSERT INTO log VALUES (TG_OP || ' ' || TG_WHEN, NEW.id, NEW.a); RETURN NEW; END $$""",
                "CREATE TRIGGER early BEFORE INSERT OR UPDATE ON items FOR EACH ROW EXECUTE FUNCTION log()",
                "CREATE TRIGGER late AFTER INSERT OR UPDATE ON items FOR EACH ROW EXECUTE FUNCTION log()");
        try (TaskRun task = start(database)) {
            write(task, range(0, ROWS, 1));
            write(task, range(ROWS - 1, ROWS + 1, 2));

            assertThat(copies(task)).isEqualTo(1);
            assertThat(conflicts(task)).isEqualTo(1);
        }
        // As PostgreSQL's documentation has it: BEFORE INSERT fires for rows that are updated in the end, too.
        assertThat(database.rows("SELECT operation, count(*) FROM log GROUP BY 1 ORDER BY 1"))
                .containsExactly(
                        Database.row("INSERT AFTER", ROWS + 1L),
                        Database.row("INSERT BEFORE", ROWS + 2L),
                        Database.row("UPDATE AFTER", 1L),
                        Database.row("UPDATE BEFORE", 1L));
    }

    @Test
    void aTriggerForStatementsThatMayUpdateSeesAnUpsert(Scenario test) {
        Database database = test.database();
        database.execute(
                TABLE,
                "CREATE TABLE log (operation text)",
                """
                CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN INSERT INTO log VALUES (TG_OP); RETURN NULL; END $$""",
                "CREATE TRIGGER early BEFORE UPDATE ON items FOR EACH STATEMENT EXECUTE FUNCTION log()");
        try (TaskRun task = start(database)) {
            write(task, range(0, ROWS, 1));

            assertThat(copies(task)).isZero();
            assertThat(conflicts(task)).isZero();
        }
        assertThat(database.column("SELECT operation FROM log")).containsExactly("UPDATE");
    }

    @Test
    void aRuleIsNotPassedBy(Scenario test) {
        Database database = test.database();
        database.execute(TABLE, "CREATE RULE none AS ON INSERT TO items DO INSTEAD NOTHING");
        try (TaskRun task = start(database)) {
            task.put(range(0, ROWS, 1));

            assertThat(task.failure()).contains("it has a rule for INSERT or UPDATE", "insert.mode=insert");
            assertThat(copies(task)).isZero();
        }
        assertThat(database.count("items")).isZero();
    }

    @Test
    void anotherUniqueIndexRefusesTheRowThatItWouldRefuse(Scenario test) {
        for (String index : List.of("(a)", "(a) WHERE id > 0", "((a % 100000))")) {
            Database database = test.database();
            database.execute(
                    "DROP TABLE IF EXISTS items",
                    TABLE,
                    "CREATE UNIQUE INDEX ON items " + index,
                    "INSERT INTO items VALUES (100000, 3000)");
            offset = 0;
            try (TaskRun task = start(database)) {
                task.put(rows(1, ROWS, id -> id));

                assertThat(task.failure())
                        .as(index)
                        .contains("topic items, partition 0, offset 2999", "there is a row with that key already");
                assertThat(conflicts(task)).isPositive();
            }
        }
    }

    @Test
    void anExclusionThatIsLookedAtBeforeTheKeyIsNoViolation(Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TABLE items (id bigint, a bigint, EXCLUDE USING btree (a WITH =))",
                "ALTER TABLE items ADD PRIMARY KEY (id)",
                "INSERT INTO items VALUES (5, 5)");
        try (TaskRun task = start(database)) {
            write(task, rows(0, ROWS, id -> id));

            assertThat(conflicts(task)).isEqualTo(1);
        }
        assertThat(database.count("items")).isEqualTo(ROWS);
    }

    @Test
    void partitionsGetTheirRows(Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TABLE items (id bigint PRIMARY KEY, a bigint) PARTITION BY RANGE (id)",
                "CREATE TABLE low PARTITION OF items FOR VALUES FROM (0) TO (3000)",
                "CREATE TABLE high PARTITION OF items FOR VALUES FROM (3000) TO (100000)");
        try (TaskRun task = start(database)) {
            write(task, range(0, ROWS, 1));
            write(task, range(ROWS - 10, ROWS + 10, 2));

            assertThat(copies(task)).isEqualTo(1);
            assertThat(conflicts(task)).isEqualTo(1);
        }
        assertThat(database.count("low")).isEqualTo(3_000);
        assertThat(database.rows("SELECT count(*), sum(a - 1) FROM high"))
                .containsExactly(Database.row(ROWS + 10L - 3_000, new java.math.BigDecimal(20)));
    }

    @Test
    void aConflictMayBeOnAnotherKeyThanThePrimary(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE items (number bigserial PRIMARY KEY, id bigint UNIQUE, a bigint)");
        try (TaskRun task = start(database, settings("pk.mode", "record_value", "pk.fields", "id"))) {
            write(task, range(0, ROWS, 1));
            write(task, range(0, ROWS + 1, 2));

            assertThat(copies(task)).isEqualTo(1);
            assertThat(conflicts(task)).isEqualTo(1);
        }
        assertThat(database.rows("SELECT count(*), min(a), max(a), min(number) FROM items"))
                .containsExactly(Database.row(ROWS + 1L, 2L, 2L, 1L));
    }

    @Test
    void aColumnThatHasChangedItsTypeIsNotCopiedInto(Scenario test) {
        Database database = test.database();
        database.execute(TABLE);
        try (TaskRun task = start(database)) {
            write(task, range(0, ROWS, 1));
            database.execute("ALTER TABLE items ALTER a TYPE text");
            write(task, range(ROWS, 2 * ROWS, 2));
        }
        assertThat(database.rows("SELECT a, count(*) FROM items GROUP BY a ORDER BY a"))
                .containsExactly(Database.row("1", (long) ROWS), Database.row("2", (long) ROWS));
    }

    private static TaskRun start(Database database) {
        return start(database, settings());
    }

    private static TaskRun start(Database database, Map<String, String> settings) {
        TaskRun task = TaskRun.start(database, settings);
        task.open(new TopicPartition("items", 0), new TopicPartition("others", 0));
        return task;
    }

    /** One lane, so that one call of the task is one transaction. */
    private static Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("write.parallelism", "1", "write.method", "copy"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private List<SinkRecord> range(long from, long to, long a) {
        return rows(from, to, id -> a);
    }

    private List<SinkRecord> rows(long from, long to, LongUnaryOperator a) {
        return LongStream.range(from, to)
                .mapToObj(id -> record("items", null, Map.of("id", id, "a", a.applyAsLong(id))))
                .toList();
    }

    private SinkRecord record(String topic, Map<String, Long> key, Map<String, Long> value) {
        return new SinkRecord(topic, 0, null, key, null, value, offset++);
    }

    private void write(TaskRun task, List<SinkRecord> records) {
        task.put(records);
        settle(task);
    }

    private static void settle(TaskRun task) {
        task.callUntil("all records to be durable", () -> task.counter("QueuedRecords") == 0);
    }

    private static long copies(TaskRun task) {
        return task.counter("StraightCopies");
    }

    private static long conflicts(TaskRun task) {
        return task.counter("StraightCopyConflicts");
    }
}
