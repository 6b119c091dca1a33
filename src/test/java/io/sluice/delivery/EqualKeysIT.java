package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys that PostgreSQL holds for equal, whatever they look like in records: the last change of each counts, with several
 * lanes as with one. Of every type that can be a key, a thousand keys come in one form and then in another.
 */
@ExtendWith(HarnessExtension.class)
final class EqualKeysIT {
    private static final int ALL = 1_000;
    private static final int SOME = 60;
    private static final int CHUNK = 250;
    private static final Schema VALUE =
            SchemaBuilder.struct().field("v", Schema.INT32_SCHEMA).build();
    private static final List<KeyForms> FORMS = KeyForms.all();

    @ParameterizedTest
    @ValueSource(strings = {"auto", "record_key", "record_value", "record_header"})
    void theLastChangeOfEachKeyCountsAsWithOneLane(String mode, Scenario test) {
        List<SinkRecord> records = changes(mode, ALL);
        createTables(test.database());
        write(test.database(), settings(mode, Map.of("write.parallelism", "4")), records);
        Map<String, List<?>> several = versions(test.database());
        createTables(test.database());
        write(test.database(), settings(mode, Map.of("write.parallelism", "1")), records);

        assertThat(several).isEqualTo(versions(test.database())).isEqualTo(allOfVersion(ALL, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "upsert, copy, exactly_once",
        "upsert, unnest, at_least_once",
        "upsert, rows, exactly_once",
        "update, copy, at_least_once",
        "update, unnest, exactly_once",
        "update, rows, at_least_once",
    })
    void theLastChangeOfEachKeyCountsHoweverItIsWritten(
            String insertMode, String method, String guarantee, Scenario test) {
        Map<String, String> settings = Map.of(
                "insert.mode", insertMode,
                "write.method", method,
                "delivery.guarantee", guarantee);
        createTables(test.database());
        if ("update".equals(insertMode)) {
            write(test.database(), settings("record_key", Map.of()), changes("record_key", SOME));
            FORMS.forEach(forms -> test.database().execute("UPDATE " + forms.topic() + " SET v = 0"));
        }
        write(test.database(), settings("record_key", settings), changes("record_key", SOME));

        assertThat(versions(test.database())).isEqualTo(allOfVersion(SOME, 2));
    }

    /** All of one batch, in one lane: what of a batch is superfluous goes by the same keys. */
    @ParameterizedTest
    @CsvSource({"upsert, copy", "upsert, unnest", "upsert, rows", "update, copy", "update, unnest", "update, rows"})
    void theNewestVersionOfEachKeyCounts(String insertMode, String method, Scenario test) {
        createTables(test.database());
        List<SinkRecord> records = new ArrayList<>();
        for (KeyForms forms : FORMS) {
            for (int i = 0; i < Math.min(SOME, forms.keys()); i++) {
                records.add(record(forms, "auto", forms.other().apply(i), 2, 3 * i));
                records.add(record(forms, "auto", forms.one().apply(i), 1, 3 * i + 1));
                records.add(record(forms, "auto", forms.other().apply(i), 1, 3 * i + 2));
            }
        }
        if ("update".equals(insertMode)) {
            write(test.database(), settings("auto", Map.of()), records);
            FORMS.forEach(forms -> test.database().execute("UPDATE " + forms.topic() + " SET v = 0"));
        }
        Map<String, String> settings = Map.of(
                "insert.mode", insertMode, "write.method", method, "write.parallelism", "1", "version.column", "v");
        write(test.database(), settings("auto", settings), records);

        assertThat(versions(test.database())).isEqualTo(allOfVersion(SOME, 2));
    }

    @ParameterizedTest
    @CsvSource({"auto, copy, 4", "record_key, unnest, 4", "record_key, rows, 1", "record_header, auto, 1"})
    void aKeyIsDeletedInWhateverForm(String mode, String method, String lanes, Scenario test) {
        createTables(test.database());
        List<SinkRecord> records = new ArrayList<>();
        for (KeyForms forms : FORMS) {
            for (int i = 0; i < Math.min(SOME, forms.keys()); i++) {
                records.add(record(forms, mode, forms.one().apply(i), 1, 2 * i));
                records.add(record(forms, mode, forms.other().apply(i), null, 2 * i + 1));
            }
        }
        Map<String, String> settings =
                Map.of("delete.enabled", "true", "write.method", method, "write.parallelism", lanes);
        write(test.database(), settings(mode, settings), records);

        FORMS.forEach(forms -> assertThat(test.database().count(forms.topic()))
                .as(forms.topic())
                .isZero());
    }

    private static Map<String, String> settings(String mode, Map<String, String> others) {
        return Settings.of(
                Map.of("pk.mode", mode, "pk.fields", "auto".equals(mode) ? "" : "k", "batch.size", "1000"), others);
    }

    private static List<SinkRecord> changes(String mode, int most) {
        List<SinkRecord> changes = new ArrayList<>();
        FORMS.forEach(forms -> changes.addAll(changes(forms, mode, Math.min(most, forms.keys()))));
        return changes;
    }

    /** All keys of a chunk in one form and then in the other: a batch may hold both, and each may be in a batch of its own. */
    private static List<SinkRecord> changes(KeyForms forms, String mode, int keys) {
        List<SinkRecord> changes = new ArrayList<>();
        for (int from = 0; from < keys; from += CHUNK) {
            int to = Math.min(from + CHUNK, keys);
            for (int i = from; i < to; i++) {
                changes.add(record(forms, mode, forms.one().apply(i), 1, changes.size()));
            }
            for (int i = from; i < to; i++) {
                changes.add(record(forms, mode, forms.other().apply(i), 2, changes.size()));
            }
        }
        return changes;
    }

    private static SinkRecord record(
            KeyForms forms, String mode, SchemaAndValue key, @Nullable Integer version, int offset) {
        Schema schema = SchemaBuilder.struct().field("k", key.schema()).build();
        Schema both = SchemaBuilder.struct()
                .field("k", key.schema())
                .field("v", Schema.INT32_SCHEMA)
                .build();
        boolean inValue = "record_value".equals(mode);
        boolean inHeader = "record_header".equals(mode);
        Struct value = inValue
                ? new Struct(both).put("k", key.value()).put("v", version)
                : version == null ? null : new Struct(VALUE).put("v", version);
        Struct struct = inValue || inHeader ? null : new Struct(schema).put("k", key.value());
        return new SinkRecord(
                forms.topic(),
                0,
                struct == null ? null : schema,
                struct,
                value == null ? null : value.schema(),
                value,
                offset,
                null,
                TimestampType.NO_TIMESTAMP_TYPE,
                inHeader ? new ConnectHeaders().add("k", key) : new ConnectHeaders());
    }

    private static void createTables(Database database) {
        database.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
        KeyForms.prerequisites().forEach(database::execute);
        FORMS.forEach(forms ->
                database.execute("CREATE TABLE " + forms.topic() + " (k " + forms.type() + " PRIMARY KEY, v int)"));
    }

    /** Of each table its number of rows, and their smallest and largest version. */
    private static Map<String, List<?>> versions(Database database) {
        Map<String, List<?>> versions = new TreeMap<>();
        FORMS.forEach(forms -> versions.put(
                forms.topic(),
                database.rows("SELECT count(*), min(v), max(v) FROM " + forms.topic())
                        .get(0)));
        return versions;
    }

    private static Map<String, List<?>> allOfVersion(int most, int version) {
        Map<String, List<?>> versions = new TreeMap<>();
        FORMS.forEach(forms ->
                versions.put(forms.topic(), List.of((long) Math.min(most, forms.keys()), version, version)));
        return versions;
    }

    private static void write(Database database, Map<String, String> settings, List<SinkRecord> records) {
        TopicPartition[] partitions = FORMS.stream()
                .map(forms -> new TopicPartition(forms.topic(), 0))
                .toArray(TopicPartition[]::new);
        Map<TopicPartition, Long> ends = new HashMap<>();
        records.forEach(
                record -> ends.merge(new TopicPartition(record.topic(), 0), record.kafkaOffset() + 1, Math::max));
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(partitions);
            task.callUntil("the partitions", () -> task.paused().isEmpty());
            task.put(records);
            task.callUntil("all to be durable", () -> task.preCommit().equals(ends));
        }
    }
}
