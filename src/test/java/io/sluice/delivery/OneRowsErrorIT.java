package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An error that says that the table, the role or the server is to blame, and that is about one row: through a cast, a trigger
 * or row security.
 */
@ExtendWith(HarnessExtension.class)
final class OneRowsErrorIT {
    private static final String SECRET = "tr0ub4dor";
    private static final TopicPartition ITEMS = new TopicPartition("items", 0);
    private static final Map<String, String> TOLERANT = Map.of(
            "errors.tolerance", "all", "errors.table", "sluice_errors", "pk.mode", "record_value", "pk.fields", "id");

    /** A text for each type that is reached by a cast, that the cast refuses and that is quoted when it does. */
    private static final Map<String, String> BAD_TEXTS = badTexts();

    private static Map<String, String> badTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("tsvector", "'" + SECRET);
        texts.put("tsquery", SECRET + " &");
        texts.put("jsonpath", "$." + SECRET + "..");
        texts.put("ltree", SECRET + "..x");
        texts.put("lquery", SECRET + "..x");
        texts.put("hstore", SECRET);
        for (String type : List.of(
                "regclass",
                "regtype",
                "regrole",
                "regproc",
                "regprocedure",
                "regoper",
                "regoperator",
                "regnamespace",
                "regconfig",
                "regdictionary",
                "regcollation")) {
            texts.put(type, SECRET);
        }
        texts.put("xml", "<" + SECRET);
        texts.put("mood", SECRET);
        for (String type : List.of(
                "int4range",
                "int8range",
                "numrange",
                "daterange",
                "tsrange",
                "tstzrange",
                "int4multirange",
                "point",
                "line",
                "lseg",
                "box",
                "path",
                "polygon",
                "circle",
                "inet",
                "cidr",
                "macaddr",
                "macaddr8",
                "bit(3)",
                "varbit",
                "money",
                "pg_lsn",
                "txid_snapshot",
                "pg_snapshot",
                "xid8",
                "tid",
                "positive",
                "pair",
                "uuid",
                "interval",
                "timetz")) {
            texts.put(type, SECRET);
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void aTextThatACastRefusesIsOneDeadLetter(String method, Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE EXTENSION ltree",
                "CREATE EXTENSION hstore",
                "CREATE TYPE mood AS ENUM ('glad')",
                "CREATE TYPE pair AS (a int, b int)",
                "CREATE DOMAIN positive AS int CHECK (value > 0)");
        List<SinkRecord> records = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        BAD_TEXTS.forEach((type, text) -> {
            String table = "t_" + type.replaceAll("\\W", "_");
            tables.add(table);
            database.execute("CREATE TABLE " + table + " (id int PRIMARY KEY, v " + type + ")");
            records.addAll(threeRows(table, text));
        });
        run(database, records, Settings.of(TOLERANT, Map.of("write.method", method, "insert.mode", "insert")));

        for (String table : tables) {
            assertThat(database.column("SELECT id FROM " + table + " ORDER BY 1"))
                    .as(table)
                    .containsExactly(1, 3);
        }
        assertThat(reasons(database))
                .hasSize(tables.size())
                .allSatisfy((table, reason) -> assertThat(reason)
                        .contains("offset 1", "column \"v\"")
                        .doesNotContain(SECRET, "a fault of Sluice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void whatATriggerRaisesForOneRowIsOneDeadLetterWhateverClassItBorrows(String method, Scenario test) {
        Database database = test.database();
        List<SinkRecord> records = new ArrayList<>();
        List<String> states = List.of(
                "42501", "42P01", "42883", "42601", "42704", "42703", "3F000", "0A000", "55000", "428C9", "XX000",
                "28000", "3D000", "40001", "40P01", "53100", "55P03", "57014", "57P01", "57P04", "08006", "25006",
                "23505", "23503", "58030", "45001");
        for (String state : states) {
            String table = "t_" + state.toLowerCase(java.util.Locale.ROOT);
            database.execute("CREATE TABLE " + table + " (id int PRIMARY KEY, v text)");
            trigger(database, table, "RAISE EXCEPTION 'not %', NEW.v USING ERRCODE = '" + state + "'");
            records.addAll(threeRows(table, SECRET));
        }
        run(database, records, Settings.of(TOLERANT, Map.of("write.method", method)));

        assertThat(reasons(database))
                .hasSize(states.size())
                .allSatisfy((table, reason) ->
                        assertThat(reason).contains("offset 1", table).doesNotContain(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at_least_once", "exactly_once", "at_most_once"})
    void aStatementOfATriggerThatFailsForOneRowFailsTheTaskAtThatRow(String guarantee, Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE items (id int PRIMARY KEY, v text)");
        trigger(database, "items", "EXECUTE 'SELECT count(*) FROM ' || NEW.v");
        Map<String, String> settings = Map.of(
                "delivery.guarantee",
                guarantee,
                "pk.mode",
                "record_value",
                "pk.fields",
                "id",
                "write.parallelism",
                "1");
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(ITEMS);
            task.callUntil("the partition to be ours", () -> task.paused().isEmpty());
            task.put(threeRows("items", SECRET));

            assertThat(task.failure())
                    .contains("partition 0, offset 1", "\"items\"", "SQLSTATE 42P01")
                    .doesNotContain(SECRET);
        }
        assertThat(database.column("SELECT id FROM items")).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void aRowThatRowSecurityForbidsIsOneDeadLetter(String method, Scenario test) {
        Database database = test.database();
        String role = role(database, "GRANT CREATE ON SCHEMA public TO ");
        database.execute(
                "CREATE TABLE items (id int PRIMARY KEY, v text)",
                "GRANT ALL ON items TO \"" + role + "\"",
                "ALTER TABLE items ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY mine ON items USING (v IS NULL)");
        run(
                database,
                threeRows("items", SECRET),
                Settings.of(TOLERANT, Map.of("write.method", method, "connection.user", role)));

        assertThat(database.column("SELECT id FROM items ORDER BY 1")).containsExactly(1, 3);
        assertThat(reasons(database).get("items"))
                .contains("offset 1", "row security", "SQLSTATE 42501")
                .doesNotContain("Grant the role", SECRET);
    }

    /** No record could be written, whichever it is. */
    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void aMissingPrivilegeFailsTheTaskAndMakesNoDeadLetter(String method, Scenario test) {
        Database database = test.database();
        String role = role(database, "GRANT CREATE ON SCHEMA public TO ");
        database.execute(
                "CREATE TABLE items (id int PRIMARY KEY, v text)", "GRANT SELECT ON items TO \"" + role + "\"");

        assertThat(failure(database, Map.of("write.method", method, "connection.user", role)))
                .contains("permission denied for table items", "Grant the role", "SQLSTATE 42501");
        assertThat(database.hasTable("sluice_errors")).isFalse();
    }

    @Test
    void aRoleThatMayNotMakeTemporaryTablesFailsTheTaskWhereTheyAreAskedFor(Scenario test) {
        Database database = test.database();
        String role = role(database, "GRANT CREATE ON SCHEMA public TO ");
        database.execute(
                "CREATE TABLE items (id int PRIMARY KEY, v text, x tsvector)",
                "GRANT ALL ON items TO \"" + role + "\"",
                "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$");

        assertThat(failure(database, Map.of("write.method", "copy", "insert.mode", "update", "connection.user", role)))
                .contains("temporary tables", "SQLSTATE 42501");
        assertThat(database.hasTable("sluice_errors")).isFalse();
    }

    @Test
    void aTriggerThatFailsForEachStatementFailsTheTask(Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TABLE items (id int PRIMARY KEY, v text)",
                "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM 1 FROM is_not_there; RETURN NULL; END $$",
                "CREATE TRIGGER b BEFORE INSERT ON items FOR EACH STATEMENT EXECUTE FUNCTION broken()");

        assertThat(failure(database, Map.of())).contains("\"is_not_there\" does not exist", "SQLSTATE 42P01");
        assertThat(database.hasTable("sluice_errors")).isFalse();
    }

    @Test
    void aFieldWithTheNameOfASystemColumnIsOneDeadLetter(Scenario test) {
        Database database = test.database();
        List<SinkRecord> records = new ArrayList<>();
        List<String> names = List.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");
        for (int i = 0; i < names.size(); i++) {
            records.add(record(ITEMS, 2 * i, Map.of("id", 2 * i, names.get(i), 7)));
            records.add(record(ITEMS, 2 * i + 1, Map.of("id", 2 * i + 1, "v", SECRET)));
        }
        run(database, records, Settings.of(TOLERANT, Map.of("auto.create", "true", "auto.evolve", "true")));

        assertThat(database.column("SELECT id::int FROM items ORDER BY 1")).containsExactly(1, 3, 5, 7, 9, 11);
        assertThat(database.column("SELECT reason FROM sluice_errors"))
                .hasSize(6)
                .allSatisfy(reason ->
                        assertThat(String.valueOf(reason)).contains("keeps the column name", "fields.rename"));
    }

    /** Extensions say so of values that they cannot read, and a session takes long to open. */
    @Test
    void anInternalErrorOverManyRowsOpensFewSessions(Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TABLE items (id int PRIMARY KEY, v text)",
                "CREATE SEQUENCE last_pid",
                "CREATE SEQUENCE sessions");
        trigger(
                database,
                "items",
                "IF (SELECT last_value FROM last_pid) <> pg_backend_pid() THEN"
                        + " PERFORM setval('last_pid', pg_backend_pid()); PERFORM nextval('sessions'); END IF;"
                        + " RAISE EXCEPTION 'no' USING ERRCODE = 'XX000'");
        List<SinkRecord> records = IntStream.range(0, 300)
                .mapToObj(i -> i % 3 == 0 ? row("items", i, null) : row("items", i, SECRET))
                .toList();
        run(database, records, Settings.of(TOLERANT, Map.of("write.parallelism", "1")));

        assertThat(database.count("items")).isEqualTo(100);
        assertThat(database.count("sluice_errors")).isEqualTo(200);
        assertThat(database.number("SELECT last_value FROM sessions")).isLessThanOrEqualTo(5);
    }

    private static String failure(Database database, Map<String, String> settings) {
        try (TaskRun task = TaskRun.start(database, Settings.of(TOLERANT, settings))) {
            task.open(ITEMS);
            task.put(threeRows("items", SECRET));
            return task.failure();
        }
    }

    private static void run(Database database, List<SinkRecord> records, Map<String, String> settings) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        records.forEach(record -> ends.merge(new TopicPartition(record.topic(), 0), 1L, Long::sum));
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(ends.keySet().toArray(TopicPartition[]::new));
            task.put(records);
            Await.atMost(Duration.ofMinutes(2)).until("all to be durable", () -> {
                task.put(List.of());
                return task.preCommit().equals(ends);
            });
        }
    }

    /** The second one has the value; the trigger and the policy let nulls through. */
    private static List<SinkRecord> threeRows(String topic, String value) {
        return Stream.of(row(topic, 0, null), row(topic, 1, value), row(topic, 2, null))
                .toList();
    }

    private static SinkRecord row(String topic, int offset, @Nullable String value) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", offset + 1);
        row.put("v", value);
        return record(new TopicPartition(topic, 0), offset, row);
    }

    private static SinkRecord record(TopicPartition partition, int offset, Map<String, ?> row) {
        return new SinkRecord(partition.topic(), partition.partition(), null, null, null, row, offset);
    }

    private static void trigger(Database database, String table, String action) {
        database.execute(
                "CREATE FUNCTION f_" + table
                        + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.v IS NOT NULL THEN " + action
                        + "; END IF; RETURN NEW; END $$",
                "CREATE TRIGGER t BEFORE INSERT ON " + table + " FOR EACH ROW EXECUTE FUNCTION f_" + table + "()");
    }

    private static String role(Database database, String grant) {
        String role = "writer_" + database.column("SELECT current_database()").get(0);
        database.execute("CREATE ROLE \"" + role + "\" LOGIN", grant + '"' + role + '"');
        return role;
    }

    private static Map<String, String> reasons(Database database) {
        Map<String, String> reasons = new TreeMap<>();
        for (List<@Nullable Object> letter : database.rows("SELECT target, reason FROM sluice_errors")) {
            reasons.put(String.valueOf(letter.get(0)), String.valueOf(letter.get(1)));
        }
        return reasons;
    }
}
