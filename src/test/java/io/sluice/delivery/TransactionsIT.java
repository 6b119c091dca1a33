package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ten thousand records take three transactions at most, however they are mixed: one for what the lane finds first, and
 * one for all that comes while that waits for the table.
 */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class TransactionsIT {
    private static final int RECORDS = 10_000;
    private static final TopicPartition PARTITION = new TopicPartition("items", 0);
    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
    private static final Schema OLD = SchemaBuilder.struct()
            .field("id", Schema.INT32_SCHEMA)
            .field("a", Schema.INT32_SCHEMA)
            .build();
    private static final Schema NEW = SchemaBuilder.struct()
            .field("id", Schema.INT32_SCHEMA)
            .field("a", Schema.INT64_SCHEMA)
            .field("b", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    @Test
    void schemasThatTakeTurnsShareTransactions(Scenario test) {
        Database database = write(test, i -> i % 2 == 0 ? old(i, i) : recent(i, i));

        assertThat(database.rows("SELECT count(*), count(b), sum(a) FROM items"))
                .containsExactly(Database.row(10_000L, 5_000L, new java.math.BigDecimal(49_995_000)));
    }

    @Test
    void schemasThatTakeTurnsOnFewKeysShareTransactions(Scenario test) {
        Database database = write(test, i -> i % 2 == 0 ? old(i, i % 100) : recent(i, i % 100));

        assertThat(database.rows("SELECT count(*), min(a), max(a) FROM items"))
                .containsExactly(Database.row(100L, 9_900L, 9_999L));
    }

    @Test
    void deletesThatTakeTurnsWithWritesShareTransactions(Scenario test) {
        Database database = write(test, i -> i % 2 == 0 ? old(i, i) : delete(i, i - 1));

        assertThat(database.count("items")).isZero();
    }

    @Test
    void deletesAndWritesOfFewKeysShareTransactions(Scenario test) {
        Database database = write(test, i -> i % 2 == 0 ? old(i, i % 100) : delete(i, (i + 51) % 100));

        assertThat(database.column("SELECT count(*) FROM items WHERE a >= 9900"))
                .containsExactly(database.count("items"));
    }

    @Test
    void documentsOfAllShapesShareTransactions(Scenario test) {
        Database database = write(test, i -> record(i, null, Map.of("id", i, i % 3 == 0 ? "a" : "b", "7")));

        assertThat(database.rows("SELECT count(a), count(b) FROM items")).containsExactly(Database.row(3_334L, 6_666L));
    }

    /** Writes the records while the table is locked at first, and checks how many transactions it takes. */
    private static Database write(Scenario test, IntFunction<SinkRecord> record) {
        Database database = test.database();
        database.execute(
                "CREATE TABLE items (id int PRIMARY KEY, a bigint, b text)",
                "CREATE TABLE transactions (id xid8)",
                """
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN INSERT INTO transactions VALUES (pg_current_xact_id()); RETURN NULL; END $$""",
                """
                CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON items
                FOR EACH STATEMENT EXECUTE FUNCTION note()""");
        List<SinkRecord> records = IntStream.range(0, RECORDS).mapToObj(record).toList();
        Map<String, String> settings = Map.of("write.parallelism", "1", "delete.enabled", "true");
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(PARTITION);
            try (Locks lock = Locks.table(database, "items")) {
                task.put(records);
            }
            task.callUntil(
                    "all records to be durable",
                    () -> task.preCommit().get(PARTITION).equals((long) RECORDS));
        }
        assertThat(database.number("SELECT count(DISTINCT id) FROM transactions"))
                .isBetween(1L, 3L);
        return database;
    }

    private static SinkRecord old(int offset, int id) {
        return record(offset, id, new Struct(OLD).put("id", id).put("a", offset));
    }

    private static SinkRecord recent(int offset, int id) {
        return record(
                offset,
                id,
                new Struct(NEW).put("id", id).put("a", (long) offset).put("b", "x"));
    }

    private static SinkRecord delete(int offset, int id) {
        return record(offset, id, null);
    }

    private static SinkRecord record(int offset, @Nullable Integer id, @Nullable Object value) {
        Struct key = id == null ? null : new Struct(KEY).put("id", id);
        return new SinkRecord("items", 0, key == null ? null : KEY, key, null, value, offset);
    }
}
