package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that somebody else makes in the same moment, and definitions that PostgreSQL refuses: no record is bad for them. */
@ExtendWith(HarnessExtension.class)
final class DefinitionRaceIT {
    private static final TopicPartition ITEMS = new TopicPartition("items", 0);
    private static final int TABLES = 15;
    private static final Map<String, String> SETTINGS = Map.of(
            "auto.create", "true",
            "auto.evolve", "true",
            "pk.mode", "record_value",
            "pk.fields", "id",
            "errors.tolerance", "all",
            "errors.table", "sluice_errors");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            items        | CREATE TABLE items (id bigint PRIMARY KEY, name text)
            public.items | CREATE TABLE items (id bigint PRIMARY KEY, name text)
            items        | CREATE TABLE items (id bigint PRIMARY KEY)
            """)
    void aTableThatIsMadeInTheSameMomentIsTaken(String table, String theirs, Scenario test) throws SQLException {
        Database database = test.database();
        try (TaskRun task = TaskRun.start(database, Settings.of(SETTINGS, Map.of("table.name.format", table)));
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(theirs);
            task.open(ITEMS);
            task.put(records(0, 20));
            task.callUntil("the task to wait for them", () -> waits(database));
            other.commit();

            task.callUntil("all to be durable", () -> Map.of(ITEMS, 20L).equals(task.preCommit()));
        }
        assertThat(database.number("SELECT count(name) FROM items")).isEqualTo(20);
        assertThat(database.hasTable("sluice_errors")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"at_least_once", "exactly_once"})
    void theTableOfBadRecordsMayBeMadeInTheSameMoment(String guarantee, Scenario test) throws SQLException {
        Database database = test.database();
        database.execute("CREATE TABLE items (id bigint PRIMARY KEY)");
        TopicLog log = new TopicLog();
        log.append(List.of(Rows.value(ITEMS, 0, Map.of("id", "x")), Rows.value(ITEMS, 1, Map.of("id", 1))));
        try (LogRun task = LogRun.start(
                        database, log, 10, Settings.of(SETTINGS, Map.of("delivery.guarantee", guarantee)));
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("CREATE TABLE sluice_errors (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
                    + "connector text, topic text, part int, record_offset bigint, target text, reason text, sqlstate text, "
                    + "record_key text, record_value text, record_headers text, record_time timestamptz)");
            task.open(ITEMS);
            task.stepUntil("the task to wait for them", () -> waits(database));
            other.commit();
            task.finish();
        }
        assertThat(database.count("sluice_errors")).isEqualTo(1);
        assertThat(database.count("items")).isEqualTo(1);
    }

    @Test
    void theTableOfOffsetsMayBeMadeInTheSameMoment(Scenario test) throws SQLException {
        Database database = test.database();
        database.execute("CREATE TABLE items (id bigint PRIMARY KEY, name text)");
        TopicLog log = new TopicLog();
        log.append(records(0, 20));
        try (LogRun task = LogRun.start(
                        database, log, 10, Settings.of(SETTINGS, Map.of("delivery.guarantee", "exactly_once")));
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "CREATE TABLE sluice_offsets (id text NOT NULL, topic text NOT NULL, part integer NOT NULL, "
                            + "lane integer NOT NULL, token uuid NOT NULL, step bigint NOT NULL DEFAULT 0, next_offset bigint, "
                            + "beyond bytea, halves bytea, updated timestamptz NOT NULL DEFAULT now(), "
                            + "PRIMARY KEY (id, topic, part, lane))");
            task.open(ITEMS);
            task.stepUntil("the task to wait for them", () -> waits(database));
            other.commit();
            task.finish();
        }
        assertThat(database.count("items")).isEqualTo(20);
    }

    /** Two topics have one table under two names, which two lanes make at the same time. */
    @Test
    void oneTableUnderTwoNamesIsMadeOnce(Scenario test) {
        Database database = test.database();
        List<SinkRecord> records = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            records.add(Rows.value(ITEMS, 2L * i, Map.of("t", "t" + i, "id", 1, "one", 1)));
            records.add(Rows.value(ITEMS, 2L * i + 1, Map.of("t", "public.t" + i, "id", 2, "other", 2)));
        }
        try (TaskRun task = TaskRun.start(
                database, Settings.of(SETTINGS, Map.of("table.name.format", "${field.t}", "batch.size", "1")))) {
            task.open(ITEMS);
            task.put(records);

            task.callUntil("all to be durable", () -> Map.of(ITEMS, 2L * TABLES).equals(task.preCommit()));
        }
        for (int i = 0; i < TABLES; i++) {
            assertThat(database.number("SELECT sum(one) + sum(other) FROM t" + i))
                    .isEqualTo(3);
        }
        assertThat(database.hasTable("sluice_errors")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"P0001", "23514"})
    void whatAnEventTriggerRefusesFailsTheTask(String state, Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no' USING ERRCODE = '"
                        + state + "'; END $$",
                "CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION no()");
        try (TaskRun task = TaskRun.start(database, SETTINGS)) {
            task.open(ITEMS);
            task.put(records(0, 3));

            assertThat(task.failure()).contains("\"items\"", "topic items, partition 0, offset 0", "event trigger");
        }
    }

    private static List<SinkRecord> records(int from, int count) {
        List<SinkRecord> records = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            records.add(Rows.value(ITEMS, i, Map.of("id", i, "name", "x")));
        }
        return records;
    }

    private static boolean waits(Database database) {
        return database.number("SELECT count(*) FROM pg_locks k JOIN pg_stat_activity a USING (pid) "
                        + "WHERE NOT k.granted AND k.locktype = 'transactionid' AND a.datname = current_database()")
                > 0;
    }
}
