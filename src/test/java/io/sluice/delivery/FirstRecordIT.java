package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A topic's first record makes its table, and later ones add columns in their order, whichever lane is first. */
@ExtendWith(HarnessExtension.class)
final class FirstRecordIT {
    private static final int TABLES = 6;
    private static final List<List<String>> SHAPES =
            List.of(List.of("a", "b"), List.of("c"), List.of("d"), List.of("c", "e"), List.of("f", "a"));
    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();

    @ParameterizedTest
    @CsvSource({
        "auto, upsert, key",
        "record_key, upsert, key",
        "record_value, upsert, key",
        "record_key, insert, key",
        "record_value, upsert, partition",
        "none, insert, key",
        "none, insert, partition",
    })
    void columnsComeInTheOrderOfTheRecords(String mode, String insertMode, String ordering, Scenario test) {
        Database database = test.database();
        TopicPartition[] partitions = IntStream.range(0, TABLES)
                .mapToObj(number -> new TopicPartition("made" + number, 0))
                .toArray(TopicPartition[]::new);
        Map<String, String> settings = Map.of(
                "auto.create",
                "true",
                "auto.evolve",
                "true",
                "pk.mode",
                mode,
                "pk.fields",
                "record_value".equals(mode) ? "id" : "",
                "insert.mode",
                insertMode,
                "write.ordering",
                ordering);
        List<SinkRecord> records = new ArrayList<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            for (int i = 0; i < SHAPES.size(); i++) {
                records.add(record(partition, i, !"record_key".equals(mode)));
            }
            ends.put(partition, (long) SHAPES.size());
        }
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(partitions);
            task.put(records);
            task.callUntil("all to be durable", () -> task.preCommit().equals(ends));
        }

        assertThat(database.rows(
                        "SELECT DISTINCT columns FROM (SELECT string_agg(attname, ' ' ORDER BY attnum) AS columns"
                                + " FROM pg_attribute WHERE attrelid::regclass::text LIKE 'made%' AND attnum > 0 AND attrelid IN"
                                + " (SELECT oid FROM pg_class WHERE relkind = 'r') GROUP BY attrelid) AS tables"))
                .containsExactly(List.of("id a b c d e f"));
        assertThat(database.count("made0")).isEqualTo(SHAPES.size());
    }

    /** Keys are spread over lanes, so each row with its columns would be in another one. */
    private static SinkRecord record(TopicPartition partition, int number, boolean withId) {
        SchemaBuilder fields = SchemaBuilder.struct();
        if (withId) {
            fields.field("id", Schema.INT64_SCHEMA);
        }
        SHAPES.get(number).forEach(name -> fields.field(name, Schema.OPTIONAL_STRING_SCHEMA));
        Schema schema = fields.build();
        Struct value = new Struct(schema);
        if (withId) {
            value.put("id", (long) number);
        }
        SHAPES.get(number).forEach(name -> value.put(name, name));
        return new SinkRecord(
                partition.topic(), 0, KEY, new Struct(KEY).put("id", (long) number), schema, value, number);
    }
}
