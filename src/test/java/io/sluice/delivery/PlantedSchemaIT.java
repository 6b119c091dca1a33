package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Nothing that others have put on the search path runs as the connector's role (the kind of CVE-2018-1058). */
@ExtendWith(HarnessExtension.class)
final class PlantedSchemaIT {
    private static final TopicPartition ITEMS = new TopicPartition("items", 0);
    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.STRING_SCHEMA).build();

    @Test
    void whatIsPlantedWouldRun(Scenario test) {
        try (PlantedSchema planted = PlantedSchema.in(test.database())) {
            assertThatThrownBy(() -> planted.run("SELECT 'a'::varchar = 'a'::text"))
                    .hasMessageContaining("planted");
            assertThatThrownBy(() -> planted.run("SELECT * FROM unnest('{1}'::int[])"))
                    .hasMessageContaining("planted");
            assertThatThrownBy(() -> planted.run("SELECT now()")).hasMessageContaining("planted");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "copy, at_least_once",
        "unnest, at_least_once",
        "rows, at_least_once",
        "auto, exactly_once",
        "unnest, exactly_once",
        "copy, at_most_once"
    })
    void noStatementRunsIt(String method, String guarantee, Scenario test) {
        Database owner = test.database();
        try (PlantedSchema planted = PlantedSchema.in(owner)) {
            owner.execute(
                    "CREATE TABLE items (id varchar(9) PRIMARY KEY, n smallint, at timestamptz, tags int[], CHECK (n < 100))");
            Map<String, String> settings = Settings.of(Map.of(
                    "write.method", method,
                    "delivery.guarantee", guarantee,
                    "consumer.override.isolation.level", "read_committed",
                    "pk.mode", "record_key",
                    "delete.enabled", "true",
                    "skip.unchanged", "true",
                    "errors.tolerance", "all",
                    "errors.table", "letters",
                    "write.parallelism", "1"));
            try (TaskRun task = TaskRun.start(planted.database(), settings)) {
                task.openAndAcquire(ITEMS);
                task.put(rows(0, 20));
                durable(task, 20);
                task.put(rows(20, 20));
                task.put(List.of(record(40, "bad", value(1_000)), record(41, "id1", null), record(42, "id2", null)));
                durable(task, 43);
                task.put(List.of(record(43, "bad2", Map.of("n", "x".repeat(9))), record(44, "id3", null)));
                durable(task, 45);
                assertThat(task.counter("DeadLetters")).isEqualTo(2);
            }
        }
        assertThat(owner.column("SELECT id FROM items ORDER BY length(id), id"))
                .hasSize(17)
                .doesNotContain("id1", "id2");
    }

    @Test
    void neitherVersionsNorUpdatesNorNewTablesRunIt(Scenario test) {
        Database owner = test.database();
        try (PlantedSchema planted = PlantedSchema.in(owner)) {
            owner.execute(
                    "CREATE EXTENSION citext",
                    "CREATE TABLE items (id citext PRIMARY KEY, n smallint, at timestamptz, tags int[])");
            write(planted, Map.of("pk.mode", "record_key", "version.column", "n"), rows(0, 40));
            write(
                    planted,
                    Map.of("pk.mode", "record_key", "insert.mode", "update"),
                    List.of(record(0, "ID3", value(77))));
            write(
                    planted,
                    Map.of("pk.mode", "record_key", "delete.enabled", "true", "write.method", "unnest"),
                    List.of(record(0, "ID4", null)));
            write(
                    planted,
                    Map.of(
                            "pk.mode", "record_key",
                            "table.name.format", "public.made",
                            "auto.create", "true",
                            "auto.evolve", "true",
                            "delivery.guarantee", "exactly_once",
                            "consumer.override.isolation.level", "read_committed"),
                    List.of(record(0, "a", Map.of("n", 1)), record(1, "b", Map.of("n", 1, "more", "x"))));
            // It goes with the role that has made it.
            assertThat(owner.number("SELECT count(*) FROM made WHERE more = 'x' OR id = 'a'"))
                    .isEqualTo(2);
        }
        assertThat(owner.number("SELECT n FROM items WHERE id = 'id3'")).isEqualTo(77);
        assertThat(owner.number("SELECT count(*) FROM items")).isEqualTo(19);
    }

    private static void write(PlantedSchema planted, Map<String, String> settings, List<SinkRecord> records) {
        try (TaskRun task = TaskRun.start(planted.database(), settings)) {
            task.openAndAcquire(ITEMS);
            task.put(records);
            durable(task, records.size());
        }
    }

    private static void durable(TaskRun task, long offset) {
        task.callUntil("all to be durable", () -> task.preCommit().getOrDefault(ITEMS, 0L) == offset);
    }

    private static List<SinkRecord> rows(int from, int count) {
        List<SinkRecord> rows = new ArrayList<>();
        IntStream.range(from, from + count).forEach(i -> rows.add(record(i, "id" + i % 20, value(i))));
        return rows;
    }

    private static Map<String, Object> value(int n) {
        return new HashMap<>(Map.of("n", n, "at", "26 November 2026 1:00 UTC", "tags", List.of(1, 2)));
    }

    private static SinkRecord record(long offset, String id, @Nullable Map<String, Object> value) {
        return new SinkRecord("items", 0, KEY, new Struct(KEY).put("id", id), null, value, offset);
    }
}
