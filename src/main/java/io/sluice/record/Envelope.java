package io.sluice.record;

import java.util.Map;
import java.util.Optional;
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

    /** One letter, as the envelope gives it; empty where it gives none. */
    String operation(Object value);

    /** The row before the event, where the source tells it. */
    Optional<Object> before(Object value);

    /** The row after the event, where there is one. */
    Optional<Object> after(Object value);

    /** The envelope that a Struct's schema describes; empty where it is none. */
    static Optional<Envelope> of(Schema schema) {
        Field operation = schema.field(OPERATION);
        Field after = schema.field(AFTER);
        boolean fits = operation != null
                && operation.schema().type() == Schema.Type.STRING
                && after != null
                && after.schema().type() == Schema.Type.STRUCT;
        return fits ? Optional.of(new OfStruct(operation, schema.field(BEFORE), after)) : Optional.empty();
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
