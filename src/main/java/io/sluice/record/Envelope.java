package io.sluice.record;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a change event: what happened, and the row before and after it. Source of the form: Debezium's
 * documentation, "Change events".
 */
interface Envelope {
    String OPERATION = "op";
    String BEFORE = "before";
    String AFTER = "after";
    String SOURCE = "source";

    Set<String> OPERATIONS = Set.of("c", "r", "u", "d", "t");
    /** All fields that Debezium writes. */
    Set<String> FIELDS = Set.of(
            OPERATION,
            BEFORE,
            AFTER,
            SOURCE,
            "ts_ms",
            "ts_us",
            "ts_ns",
            "transaction",
            "message",
            // MongoDB's source.
            "updateDescription");

    /** One letter, as the envelope gives it; empty where it gives none. */
    String operation(Object value);

    /** The row before the event, where the source tells it. */
    Optional<Object> before(Object value);

    /** The row after the event, where there is one. */
    Optional<Object> after(Object value);

    /**
     * The envelope that a Struct's schema describes; empty where it is none.
     *
     * @throws RecordException where it is an envelope whose rows are texts
     */
    static Optional<Envelope> of(Schema schema) {
        Field operation = schema.field(OPERATION);
        Field after = schema.field(AFTER);
        if (operation != null && after != null && after.schema().type() == Schema.Type.STRING) {
            throw textAfter();
        }
        boolean fits = operation != null
                && operation.schema().type() == Schema.Type.STRING
                && after != null
                && after.schema().type() == Schema.Type.STRUCT;
        return fits ? Optional.of(new OfStruct(operation, schema.field(BEFORE), after)) : Optional.empty();
    }

    /**
     * The envelope that a map is which has a field {@code op}.
     *
     * @throws RecordException where its row is a text
     */
    static Envelope of(Map<?, ?> map) {
        if (map.get(AFTER) instanceof String) {
            throw textAfter();
        }
        return new OfMap();
    }

    /**
     * The envelope that a map is which has a field {@code op}; empty where it is a row. A map without schema says by its
     * fields alone what it is: it has those of an envelope and no other.
     *
     * @throws RecordException where it is an envelope whose row is a text, or might be an envelope or a row
     */
    static Optional<Envelope> recognize(Map<?, ?> map) {
        Object after = map.get(AFTER);
        boolean hasRow = after instanceof Map || map.get(BEFORE) instanceof Map;
        boolean isWhole = map.get(SOURCE) instanceof Map;
        boolean isTruncation = "t".equals(map.get(OPERATION));
        boolean fits = map.get(OPERATION) instanceof String operation
                && OPERATIONS.contains(operation)
                && FIELDS.containsAll(map.keySet())
                && (hasRow || (isWhole && (isTruncation || after instanceof String)));
        if (!fits) {
            return Optional.empty();
        }
        if (!isWhole) {
            throw new RecordException(
                    "the record's value has the fields of a change event and no field source, so it may be an event or a row",
                    "Set record.format=debezium to write the event's row, or record.format=json to write its fields into "
                            + "columns");
        }
        return Optional.of(of(map));
    }

    private static RecordException textAfter() {
        return new RecordException(
                "the change event's field \"after\" is a text and no row, as Debezium's MongoDB source writes it",
                "Unwrap the events first: transforms=unwrap, "
                        + "transforms.unwrap.type=io.debezium.connector.mongodb.transforms.ExtractNewDocumentState");
    }

    /** An envelope that is a Struct. */
    record OfStruct(Field op, @Nullable Field before, Field after) implements Envelope {
        @Override
        public String operation(Object value) {
            return String.valueOf(((Struct) value).get(op));
        }

        @Override
        public Optional<Object> before(Object value) {
            return before == null ? Optional.empty() : Optional.ofNullable(((Struct) value).get(before));
        }

        @Override
        public Optional<Object> after(Object value) {
            return Optional.ofNullable(((Struct) value).get(after));
        }
    }

    /** An envelope that is a map without schema. */
    record OfMap() implements Envelope {
        @Override
        public String operation(Object value) {
            return String.valueOf(((Map<?, ?>) value).get(OPERATION));
        }

        @Override
        public Optional<Object> before(Object value) {
            return Optional.ofNullable(((Map<?, ?>) value).get(BEFORE));
        }

        @Override
        public Optional<Object> after(Object value) {
            return Optional.ofNullable(((Map<?, ?>) value).get(AFTER));
        }
    }
}
