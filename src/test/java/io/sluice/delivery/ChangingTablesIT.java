package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables that change, and rows that refer to others, while lanes are at work. */
@ExtendWith(HarnessExtension.class)
final class ChangingTablesIT {
    private static final TopicPartition FIRST = new TopicPartition("first", 0);
    private static final TopicPartition SECOND = new TopicPartition("second", 0);
    private static final int KEYS = 40;
    private static final int VERSIONS = 50;

    @Test
    void aTableThatIsMadeAnewWithAnotherKeyKeepsTheOrderOfItsKeys(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE versions (id bigint PRIMARY KEY, owner bigint, version bigint)");
        try (TaskRun task = TaskRun.start(database, Map.of("table.name.format", "versions", "batch.size", "100"))) {
            task.open(FIRST);
            task.put(change(0, 1, 1, 0));
            task.callUntil("the first row", () -> database.count("versions") == 1);

            database.execute(
                    "DROP TABLE versions",
                    "CREATE TABLE versions (id bigint, owner bigint PRIMARY KEY, version bigint)");
            task.put(change(1, 2, 0, 0));
            task.callUntil("the first row of the new table", () -> database.count("versions") == 1);
            List<SinkRecord> changes = new ArrayList<>();
            for (int version = 1; version <= VERSIONS; version++) {
                for (int owner = 0; owner < KEYS; owner++) {
                    changes.add(change(2 + changes.size(), changes.size(), owner, version));
                }
            }
            task.put(changes);
            task.callUntil(
                    "all to be durable",
                    () -> Map.of(FIRST, 2L + changes.size()).equals(task.preCommit()));
        }
        assertThat(database.rows("SELECT count(*), min(version), max(version) FROM versions")
                        .get(0))
                .containsExactly((long) KEYS, (long) VERSIONS, (long) VERSIONS);
    }

    @Test
    void rowsWaitForThoseThatTheyReferTo(Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TABLE second (id bigint PRIMARY KEY)",
                "CREATE TABLE first (id bigint PRIMARY KEY, parent bigint REFERENCES second)");
        try (TaskRun task = TaskRun.start(database, Map.of())) {
            task.open(FIRST, SECOND);
            List<SinkRecord> children = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                children.add(Rows.value(FIRST, i, Map.of("id", i, "parent", i)));
            }
            task.put(children);
            task.callUntil("a violation", () -> task.retries() > 0);
            List<SinkRecord> parents = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                parents.add(Rows.value(SECOND, i, Map.of("id", i)));
            }
            task.put(parents);

            task.callUntil("all children", () -> database.count("first") == KEYS);
        }
    }

    @Test
    void parentsAndChildrenOfOnePutNeedNoSecondTry(Scenario test) {
        Database database = test.database();
        // A sequence counts on in transactions that come to nothing.
        database.execute(
                "CREATE TABLE second (id bigint PRIMARY KEY)",
                "CREATE TABLE first (id bigint PRIMARY KEY, parent bigint REFERENCES second)",
                "CREATE SEQUENCE tries",
                "CREATE FUNCTION count_try() RETURNS trigger LANGUAGE plpgsql AS "
                        + "$$ BEGIN PERFORM nextval('tries'); RETURN NULL; END $$",
                "CREATE TRIGGER tries BEFORE INSERT ON first FOR EACH STATEMENT EXECUTE FUNCTION count_try()");
        try (TaskRun task = TaskRun.start(
                database, Map.of("write.parallelism", "1", "pk.mode", "record_value", "pk.fields", "id"))) {
            task.open(FIRST, SECOND);
            List<SinkRecord> all = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                all.add(Rows.value(FIRST, i, Map.of("id", i, "parent", i)));
                all.add(Rows.value(SECOND, i, Map.of("id", i)));
            }
            task.put(all);

            task.callUntil("all children", () -> database.count("first") == KEYS);
        }
        assertThat(database.number("SELECT last_value FROM tries")).isEqualTo(1);
    }

    private static SinkRecord change(long offset, long id, long owner, long version) {
        return Rows.value(FIRST, offset, Map.of("id", id, "owner", owner, "version", version));
    }
}
