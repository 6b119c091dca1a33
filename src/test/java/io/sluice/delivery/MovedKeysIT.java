package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates that change the key of the table, and not the record's: the row moves, and nothing is left under its old key. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // The gate falls before the task stops.
final class MovedKeysIT {
    private static final TopicPartition PARTITION = new TopicPartition("people", 0);
    private static final String UNAVAILABLE = "__debezium_unavailable_value";
    private static final Schema ROW = SchemaBuilder.struct()
            .name("s.public.people.Value")
            .optional()
            .field("id", Schema.INT32_SCHEMA)
            .field("region", Schema.OPTIONAL_STRING_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema EVENT = SchemaBuilder.struct()
            .name("s.public.people.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
    private static final String BY_BOTH =
            "CREATE TABLE people (id int, region text, note text, PRIMARY KEY (id, region))";
    private static final String BY_REGION = "CREATE TABLE people (id int, region text PRIMARY KEY, note text)";
    private static final String PARTITIONED =
            "CREATE TABLE people (id int, region text, note text, PRIMARY KEY (id, region)) PARTITION BY HASH (region);"
                    + "CREATE TABLE people_0 PARTITION OF people FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
                    + "CREATE TABLE people_1 PARTITION OF people FOR VALUES WITH (MODULUS 2, REMAINDER 1)";

    private static final String MOVED = "SELECT count(*) FROM people WHERE region LIKE 'c%'";

    private int offset;

    @ParameterizedTest
    @CsvSource({
        "copy, key, at_least_once",
        "unnest, key, exactly_once",
        "rows, key, at_least_once",
        "auto, key, at_most_once",
        "auto, partition, at_least_once",
        "auto, partition, exactly_once"
    })
    void moveTheRow(String method, String ordering, String guarantee, Scenario test) {
        for (String table : List.of(BY_BOTH, BY_REGION, PARTITIONED)) {
            Database database = test.database();
            database.execute("DROP TABLE IF EXISTS people, sluice_offsets");
            database.execute(table);
            offset = 0;
            Map<String, String> settings = new HashMap<>(settings());
            settings.put("write.method", method);
            settings.put("write.ordering", ordering);
            settings.put("delivery.guarantee", guarantee);
            settings.put("consumer.override.isolation.level", "read_committed");
            settings.put("consumer.override.auto.offset.reset", "earliest");
            settings.put("exactly.once.id", "moves");
            TopicLog log = new TopicLog();
            log.append(lives(0, 200));
            try (LogRun run = LogRun.start(database, log, 100, settings)) {
                run.open(PARTITION);
                run.finish();
                // Now the table is known when records come in.
                log.append(lives(200, 200));
                run.finish();
            }
            assertLived(database, 400);
        }
    }

    /** Killed wherever it happens to be, neither the deletion nor the write of a record may be left out or undo a later one. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void moveTheRowOnceHoweverOftenTheTaskDies(long seed, Scenario test) {
        Database database = test.database();
        database.execute(BY_BOTH);
        TopicLog log = new TopicLog();
        for (int from = 0; from < 1_500; from += 50) {
            log.append(lives(from, 50));
        }
        Random random = new Random(seed);
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("delivery.guarantee", "exactly_once");
        settings.put("consumer.override.isolation.level", "read_committed");
        settings.put("exactly.once.id", "moves");
        settings.put("batch.size", "50");
        for (int deaths = 0; deaths < 6; deaths++) {
            try (FaultyProxy gate = FaultyProxy.before(database);
                    LogRun run = LogRun.start(gate.database(), log, 200, settings)) {
                run.open(PARTITION);
                long before = database.number(MOVED);
                long wanted = Math.min(1_500, before + random.nextInt(200));
                run.stepUntil("some progress", () -> database.number(MOVED) >= wanted);
                gate.close();
            }
        }
        try (LogRun run = LogRun.start(database, log, 500, settings)) {
            run.open(PARTITION);
            run.finish();
        }
        assertLived(database, 1_500);
    }

    @Test
    void moveRowsWithoutSchemas(Scenario test) {
        Database database = test.database();
        database.execute(BY_BOTH);
        run(
                database,
                Map.of(),
                map("c", null, row(1, "a")),
                map("u", row(1, "a"), row(1, "b")),
                map("u", row(1, "b"), row(1, "b")));
        assertThat(database.rows("SELECT id, region FROM people")).containsExactly(List.of(1, "b"));
    }

    @Test
    void deleteNothingWhereDeletionsAreOff(Scenario test) {
        Database database = test.database();
        database.execute(BY_BOTH);
        run(
                database,
                Map.of("delete.enabled", "false"),
                event("c", null, row(1, "a")),
                event("u", row(1, "a"), row(1, "b")));
        assertThat(database.rows("SELECT region FROM people ORDER BY 1")).containsExactly(List.of("a"), List.of("b"));
    }

    /** The row before may hold as much as the source's replica identity, and fillers for the rest. */
    @Test
    void deleteNothingByAKeyThatTheRowBeforeDoesNotHave(Scenario test) {
        Database database = test.database();
        database.execute(BY_BOTH + "; INSERT INTO people VALUES (1, 'a'), (0, 'a'), (0, ''), (1, ''), (1, '"
                + UNAVAILABLE + "')");
        run(
                database,
                Map.of(),
                event("u", null, row(1, "a")),
                event("u", row(1, null), row(1, "a")),
                event("u", row(1, UNAVAILABLE), row(1, "a")),
                // A filler for the id, which the record key contradicts, and one for the region.
                event("u", row(0, "a"), row(1, "a")),
                event("u", row(0, ""), row(1, "a")));
        assertThat(database.number("SELECT count(*) FROM people")).isEqualTo(5);
    }

    @Test
    void moveARowByTheRecordKeyWhereTheRowBeforeHasAFillerThere(Scenario test) {
        Database database = test.database();
        database.execute(BY_BOTH + "; INSERT INTO people VALUES (1, 'a'), (0, 'a')");
        run(database, Map.of(), event("u", row(0, "a"), row(1, "b")));
        assertThat(database.rows("SELECT id, region FROM people ORDER BY 1"))
                .containsExactly(List.of(0, "a"), List.of(1, "b"));
    }

    @Test
    void moveARowWhoseSourceChangesTheRecordKeyWithIt(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE people (id int PRIMARY KEY, region text, note text);"
                + " INSERT INTO people VALUES (1, 'a'), (3, 'a')");
        run(database, Map.of(), event("u", row(1, "a"), row(2, "b")), withKey(3, event("u", row(3, "a"), row(4, "b"))));
        assertThat(database.rows("SELECT id, region FROM people ORDER BY 1"))
                .containsExactly(List.of(2, "b"), List.of(4, "b"));
    }

    @Test
    void handAKeyFromOneRowToTheNext(Scenario test) {
        Database database = test.database();
        database.execute(BY_REGION);
        List<SinkRecord> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(event("c", null, row(i, "r" + i)));
        }
        for (int i = 0; i < 100; i++) {
            records.add(event("u", row(i, "r" + i), row(i, "m" + i)));
            records.add(event("c", null, row(1000 + i, "r" + i)));
        }
        run(database, Map.of(), records.toArray(SinkRecord[]::new));
        assertThat(database.number("SELECT count(*) FROM people WHERE id < 1000 AND region = 'm' || id"))
                .isEqualTo(100);
        assertThat(database.number("SELECT count(*) FROM people WHERE id >= 1000 AND region = 'r' || id - 1000"))
                .isEqualTo(100);
        assertThat(database.number("SELECT count(*) FROM people")).isEqualTo(200);
    }

    /** By a key in the value, which the configuration names. */
    @Test
    void deleteNothingByAKeyOfTheConfigurationThatTheRowBeforeDoesNotHave(Scenario test) {
        Database database = test.database();
        database.execute(BY_REGION + "; INSERT INTO people VALUES (1, 'a'), (2, '" + UNAVAILABLE + "')");
        run(
                database,
                Map.of("pk.mode", "record_value", "pk.fields", "region"),
                event("u", row(1, null), row(1, "b")),
                event("u", row(1, UNAVAILABLE), row(1, "c")),
                event("u", row(1, "c"), row(1, "d")));
        assertThat(database.rows("SELECT region FROM people ORDER BY 1"))
                .containsExactly(List.of(UNAVAILABLE), List.of("a"), List.of("b"), List.of("d"));
    }

    /** The row under the old key is the only one that has it. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "record_value"})
    void refuseToMoveARowWithoutAValueThatTheSourceDidNotSend(String mode, Scenario test) {
        Database database = test.database();
        database.execute(BY_REGION + "; INSERT INTO people VALUES (1, 'a', 'large')");
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("pk.mode", mode);
        if (mode.equals("record_value")) {
            settings.put("pk.fields", "region");
        }
        Map<String, @Nullable Object> after = row(1, "b");
        after.put("note", UNAVAILABLE);
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(PARTITION);
            task.put(event("u", row(1, "a"), after));
            assertThat(task.failure()).contains("another key", "\"note\"", "REPLICA IDENTITY FULL");
        }
        assertThat(database.rows("SELECT id, region, note FROM people")).containsExactly(List.of(1, "a", "large"));
    }

    /** Each is created in a region, then in two others. */
    private List<SinkRecord> lives(int from, int count) {
        List<SinkRecord> records = new ArrayList<>();
        IntStream.range(from, from + count).forEach(id -> records.add(event("c", null, row(id, "a" + id))));
        IntStream.range(from, from + count)
                .forEach(id -> records.add(event("u", row(id, "a" + id), row(id, "b" + id))));
        IntStream.range(from, from + count)
                .forEach(id -> records.add(event("u", row(id, "b" + id), row(id, "c" + id))));
        return records;
    }

    private static void assertLived(Database database, int people) {
        assertThat(database.rows("SELECT id, region FROM people WHERE region <> 'c' || id ORDER BY 1 LIMIT 5"))
                .isEmpty();
        assertThat(database.number("SELECT count(*) FROM people")).isEqualTo(people);
    }

    private static void run(Database database, Map<String, String> more, SinkRecord... records) {
        Map<String, String> settings = new HashMap<>(settings());
        settings.putAll(more);
        TopicLog log = new TopicLog();
        log.append(List.of(records));
        try (LogRun run = LogRun.start(database, log, 1_000, settings)) {
            run.open(PARTITION);
            run.finish();
        }
    }

    private static Map<String, String> settings() {
        return Map.of("delete.enabled", "true", "record.format", "debezium");
    }

    private static Map<String, @Nullable Object> row(int id, @Nullable String region) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("region", region);
        return row;
    }

    private static @Nullable Struct struct(@Nullable Map<String, @Nullable Object> row) {
        if (row == null) {
            return null;
        }
        Struct struct = new Struct(ROW);
        row.forEach(struct::put);
        return struct;
    }

    private SinkRecord event(
            String op, @Nullable Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Struct value =
                new Struct(EVENT).put("op", op).put("before", struct(before)).put("after", struct(after));
        Struct key = new Struct(KEY).put("id", after.get("id"));
        return new SinkRecord(PARTITION.topic(), 0, KEY, key, EVENT, value, offset++);
    }

    private static SinkRecord withKey(int id, SinkRecord record) {
        return new SinkRecord(
                PARTITION.topic(), 0, KEY, new Struct(KEY).put("id", id), EVENT, record.value(), record.kafkaOffset());
    }

    private SinkRecord map(
            String op, @Nullable Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Map<String, @Nullable Object> value = new HashMap<>();
        value.put("op", op);
        value.put("before", before);
        value.put("after", after);
        return new SinkRecord(
                PARTITION.topic(), 0, null, Map.of("id", after.getOrDefault("id", 0)), null, value, offset++);
    }
}
