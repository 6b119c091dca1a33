package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that a producer has left out of a Struct: a required one takes its schema's default, an optional one is NULL. */
@ExtendWith(HarnessExtension.class)
final class UnsetDefaultsIT {
    private static final TopicPartition PARTITION = new TopicPartition("things", 0);
    private static final Schema INNER = SchemaBuilder.struct()
            .optional()
            .field("r", SchemaBuilder.int32().defaultValue(4).build())
            .field("o", SchemaBuilder.int32().optional().defaultValue(5).build())
            .build();
    private static final Schema ROW = SchemaBuilder.struct()
            .name("s.public.things.Value")
            .optional()
            .field("id", Schema.INT32_SCHEMA)
            .field("a", SchemaBuilder.int32().defaultValue(2).build())
            .field("o", SchemaBuilder.int32().optional().defaultValue(3).build())
            .field("inner", INNER)
            .field("list", SchemaBuilder.array(INNER).optional().build())
            .field(
                    "map",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, INNER).optional().build())
            .build();
    private static final Schema EVENT = SchemaBuilder.struct()
            .name("s.public.things.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    private static final String NULLS = "false";

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void takeTheDefaultInAChangeEvent(String method, Scenario test) {
        Database database = table(test);
        run(database, Map.of("write.method", method), event("c", null, row(1)));
        assertRow(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void takeTheDefaultInARow(String method, Scenario test) {
        Database database = table(test);
        run(database, Map.of("write.method", method, "replace.null.with.default", NULLS), record(row(1)));
        assertRow(database);
    }

    @Test
    void takeTheDefaultInADocument(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE things (id int PRIMARY KEY, doc jsonb)");
        run(database, Map.of("document.column", "doc", "replace.null.with.default", NULLS), record(row(1)));
        assertThat(database.rows(
                        "SELECT doc ->> 'a', doc ->> 'o', doc -> 'inner' ->> 'r', doc -> 'inner' ->> 'o' IS NULL"
                                + " FROM things"))
                .containsExactly(java.util.Arrays.asList("2", null, "4", true));
    }

    @Test
    void takeTheDefaultInANewTable(Scenario test) {
        Database database = test.database();
        run(
                database,
                Map.of("auto.create", "true", "pk.mode", "record_value", "pk.fields", "id"),
                event("c", null, row(1)));
        assertThat(database.rows("SELECT id, a, o FROM things")).containsExactly(java.util.Arrays.asList(1, 2, null));
    }

    /** A deletion by the row before, whose key has a default. */
    @Test
    void takeTheDefaultInTheRowBefore(Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TABLE things (id int, a int, PRIMARY KEY (id, a)); INSERT INTO things VALUES (1, 2), (1, 3)");
        run(
                database,
                Map.of("fields.whitelist", "id,a", "pk.mode", "record_value", "pk.fields", "id,a"),
                event("d", row(1), null));
        assertThat(database.rows("SELECT a FROM things")).containsExactly(List.of(3));
    }

    private static Database table(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE things (id int PRIMARY KEY, a int NOT NULL, o int, inner_ jsonb,"
                + " list jsonb, map jsonb)");
        database.execute("ALTER TABLE things RENAME inner_ TO \"inner\"");
        return database;
    }

    private static void assertRow(Database database) {
        assertThat(database.rows(
                        "SELECT a, o, \"inner\" ->> 'r', \"inner\" ->> 'o', list -> 0 ->> 'r', list -> 0 ->> 'o',"
                                + " map -> 'k' ->> 'r', map -> 'k' ->> 'o' FROM things"))
                .containsExactly(java.util.Arrays.asList(2, null, "4", null, "4", null, "4", null));
    }

    private static void run(Database database, Map<String, String> more, SinkRecord record) {
        Map<String, String> settings = new HashMap<>(Map.of("delete.enabled", "true"));
        settings.putAll(more);
        TopicLog log = new TopicLog();
        log.append(List.of(record));
        try (LogRun run = LogRun.start(database, log, 10, settings)) {
            run.open(PARTITION);
            run.finish();
        }
    }

    /** Nothing is set that has a default. */
    private static Struct row(int id) {
        return new Struct(ROW)
                .put("id", id)
                .put("inner", new Struct(INNER))
                .put("list", List.of(new Struct(INNER)))
                .put("map", Map.of("k", new Struct(INNER)));
    }

    private static SinkRecord record(Struct row) {
        return new SinkRecord(PARTITION.topic(), 0, null, null, ROW, row, 0);
    }

    private static SinkRecord event(
            String op,
            @org.jspecify.annotations.Nullable Struct before,
            @org.jspecify.annotations.Nullable Struct after) {
        Struct value = new Struct(EVENT).put("op", op).put("before", before).put("after", after);
        return new SinkRecord(PARTITION.topic(), 0, null, null, EVENT, value, 0);
    }
}
