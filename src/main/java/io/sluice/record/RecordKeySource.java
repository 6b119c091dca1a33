package io.sluice.record;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The record key as the row's key: one value as a whole, or the fields of a Struct or map. Belongs to the task thread. */
final class RecordKeySource implements KeySource {
    private final List<String> names;
    private final Field.Role role;
    private final PartShapes shapes;
    private final Predicate<String> needed;
    private final LruCache<FieldType, PartShape> wholes = new LruCache<>(PartShape::heldBytes);
    private @Nullable Schema lastSchema;
    private PartShape lastWhole = PartShape.EMPTY;

    RecordKeySource(List<String> names, Field.Role role) {
        this.names = names;
        this.role = role;
        this.shapes = PartShapes.ofKeys(role, this::whole);
        this.needed = role == Field.Role.KEY && !names.isEmpty() ? Set.copyOf(names)::contains : MapShapes.ALL;
    }

    @Override
    public @Nullable Object part(SinkRecord record) {
        return record.key();
    }

    @Override
    public PartShape shape(SinkRecord record) {
        Object key = record.key();
        if (key == null) {
            if (role == Field.Role.KEY) {
                throw new RecordException(
                        "the record has no key, and pk.mode record_key takes the row's key from there",
                        "Produce records with keys, or choose pk.mode record_value, kafka or none");
            }
            return PartShape.EMPTY;
        }
        if (key instanceof Struct || key instanceof Map) {
            if (role == Field.Role.KEY && SchemaAndPayload.is(key)) {
                throw SchemaAndPayload.problem("key");
            }
            return shapes.ofFields(record.keySchema(), key, needed);
        }
        return ofValue(record.keySchema(), key);
    }

    private PartShape ofValue(@Nullable Schema schema, Object key) {
        if (schema == null) {
            return wholes.computeIfAbsent(FieldTypes.ofValue("key", key), this::whole);
        }
        if (schema != lastSchema) {
            lastWhole = wholes.computeIfAbsent(FieldTypes.of(schema), this::whole);
            lastSchema = schema;
        }
        return lastWhole;
    }

    private PartShape whole(FieldType type) {
        if (names.size() > 1 || (names.isEmpty() && role == Field.Role.KEY)) {
            throw new RecordException(
                    "the record's key is one value without fields, and pk.fields names "
                            + (names.isEmpty() ? "no" : names.size()) + " columns for it",
                    "Set pk.fields to the one column that takes the key");
        }
        // In auto mode the table names the column; until then the field has no name.
        String name = names.isEmpty() ? "" : names.get(0);
        return new PartShape.OfWhole(new Field(name, type, true, role));
    }
}
