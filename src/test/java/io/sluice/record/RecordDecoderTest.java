package io.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.IdentifierCase;
import io.sluice.config.SinkConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordDecoderTest {
    private static final String UNAVAILABLE = "__debezium_unavailable_value";
    private static final Schema ROW = SchemaBuilder.struct()
            .name("s.public.t.Value")
            .optional()
            .field("id", Schema.INT32_SCHEMA)
            .field(
                    "Note",
                    SchemaBuilder.string().optional().defaultValue("none").build())
            .field("data", Schema.OPTIONAL_BYTES_SCHEMA)
            .build();
    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
    private static final Schema EVENT = SchemaBuilder.struct()
            .name("s.public.t.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("op", Schema.STRING_SCHEMA)
            .build();

    @ParameterizedTest
    @CsvSource({"c, WRITE", "r, WRITE", "u, WRITE", "d, DELETE"})
    void takesTheRowOutOfAChangeEvent(String op, Change.Operation operation) {
        List<Change> changes = decode(Map.of("pk.mode", "record_key", "delete.enabled", "true"), event(op, 1, 1));

        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).operation()).isEqualTo(operation);
        assertThat(changes.get(0).shape().fields().get(0).name()).isEqualTo("id");
        assertThat(changes.get(0).value(0)).isEqualTo(1);
    }

    @Test
    void aNullInAChangeEventStaysNullWhateverTheDefault() {
        Change fromEvent = decode(Map.of(), event("c", 1, 1)).get(0);
        Change fromRow = decode(Map.of(), record(row(1))).get(0);
        Change asNull = decode(Map.of("replace.null.with.default", "false"), record(row(1)))
                .get(0);

        assertThat(values(fromEvent)).containsEntry("Note", "null");
        assertThat(values(fromRow)).containsEntry("Note", "none");
        assertThat(values(asNull)).containsEntry("Note", "null");
    }

    @Test
    void truncatesOnlyWhereThatIsAllowed() {
        assertThat(decode(Map.of(), event("t", 1, 1))).isEmpty();
        assertThat(decode(Map.of("truncate.enabled", "true"), event("t", 1, 1)))
                .extracting(Change::operation)
                .containsExactly(Change.Operation.TRUNCATE);
    }

    @Test
    void skipsMessagesAndDeletionsThatAreNotAllowed() {
        assertThat(decode(Map.of(), event("m", 1, 1))).isEmpty();
        assertThat(decode(Map.of(), event("d", 1, 1))).isEmpty();
        assertThat(decode(Map.of(), record(null))).isEmpty();
    }

    @Test
    void refusesAnOperationThatNobodyKnows() {
        assertThatThrownBy(() -> decode(Map.of(), event("x", 1, 1)))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("op");
    }

    @Test
    void anUpdateThatChangesTheKeyDeletesTheOldRowFirst() {
        Map<String, String> byValue = Map.of(
                "pk.mode", "record_value",
                "pk.fields", "id",
                "delete.enabled", "true",
                "record.format", "debezium");

        List<Change> changed = decode(byValue, event("u", 1, 2));
        List<Change> same = decode(byValue, event("u", 2, 2));

        assertThat(changed)
                .extracting(Change::operation)
                .containsExactly(Change.Operation.DELETE, Change.Operation.WRITE);
        assertThat(values(changed.get(0))).containsEntry("id", "1");
        assertThat(values(changed.get(1))).containsEntry("id", "2");
        assertThat(same).extracting(Change::operation).containsExactly(Change.Operation.WRITE);
    }

    @Test
    void leavesOutWhatTheSourceDidNotSend() {
        Struct partial = row(1).put("Note", UNAVAILABLE)
                .put("data", ByteBuffer.wrap(UNAVAILABLE.getBytes(StandardCharsets.UTF_8)));

        Change change = decode(Map.of(), record(partial)).get(0);

        assertThat(values(change)).containsOnlyKeys("id");
        assertThat(values(change)).containsEntry("id", "1");
    }

    @Test
    void renamesFiltersAndFoldsButNeverFiltersAKey() {
        Map<String, String> settings = new HashMap<>();
        settings.put("fields.whitelist", "Note");
        settings.put("fields.rename", "Note:Remark,other:id:number");
        settings.put("pk.mode", "record_value");
        settings.put("pk.fields", "id");
        settings.put("quote.sql.identifiers", "NEVER");

        Change change = decode(settings, record(row(1))).get(0);
        Change ofOtherTopic = decode(settings, new SinkRecord("other", 0, null, null, ROW, row(1), 0))
                .get(0);

        assertThat(columns(change)).containsExactly("id", "remark");
        assertThat(columns(ofOtherTopic)).containsExactly("number", "remark");
    }

    @Test
    void refusesTwoFieldsForOneColumn() {
        assertThatThrownBy(() -> decode(Map.of("fields.rename", "Note:id"), record(row(1))))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("two fields");
    }

    @Test
    void putsAWholeValueIntoOneColumn() {
        SinkRecord text = new SinkRecord("t", 0, null, null, Schema.STRING_SCHEMA, "hello", 0);

        assertThat(values(decode(Map.of(), text).get(0))).containsExactly(Map.entry("record_value", "hello"));
        assertThat(values(decode(Map.of("string.output.value.column.name", "x"), text)
                        .get(0)))
                .containsExactly(Map.entry("x", "hello"));
    }

    @Test
    void putsADocumentBesideItsKey() {
        Map<String, String> settings = Map.of("document.column", "doc", "pk.mode", "record_value", "pk.fields", "id");

        Change change = decode(settings, record(row(1))).get(0);

        assertThat(columns(change)).containsExactly("id", "doc");
    }

    @Test
    void skipsWhatASourceSaysOfItself() {
        Schema schema = SchemaBuilder.struct()
                .name("io.debezium.connector.postgresql.SchemaChangeValue")
                .field("ddl", Schema.OPTIONAL_STRING_SCHEMA)
                .build();

        assertThat(decode(Map.of(), new SinkRecord("t", 0, null, null, schema, new Struct(schema), 0)))
                .isEmpty();
    }

    private static SinkRecord event(String op, int before, int after) {
        Struct event = new Struct(EVENT).put("op", op);
        if (!op.equals("t") && !op.equals("c")) {
            event.put("before", row(before));
        }
        if (!op.equals("t") && !op.equals("d")) {
            event.put("after", row(after));
        }
        return new SinkRecord("t", 0, KEY, new Struct(KEY).put("id", after), EVENT, event, 0);
    }

    private static Struct row(int id) {
        return new Struct(ROW).put("id", id);
    }

    private static SinkRecord record(Object value) {
        return new SinkRecord("t", 0, null, null, value == null ? null : ROW, value, 0);
    }

    private static List<Change> decode(Map<String, String> settings, SinkRecord record) {
        Map<String, String> properties = new HashMap<>(settings);
        properties.put("connection.url", "jdbc:postgresql://localhost/none");
        SinkConfig config = SinkConfig.parse(properties);
        IdentifierCase identifierCase = config.tables().names().identifierCase();
        return new RecordDecoder(config.records(), identifierCase)
                .decode(record, new Origin(new TopicPartition("t", 0), record.kafkaOffset()), key -> Optional.empty());
    }

    private static List<String> columns(Change change) {
        return change.shape().fields().stream()
                .filter(field -> field.role() != Field.Role.VALUE_CANDIDATE)
                .map(Field::name)
                .toList();
    }

    private static Map<String, String> values(Change change) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < change.shape().fields().size(); i++) {
            values.put(change.shape().fields().get(i).name(), String.valueOf(change.value(i)));
        }
        return values;
    }
}
