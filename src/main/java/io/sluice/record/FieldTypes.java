package io.sluice.record;

import io.sluice.config.NullHandling;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** Field types of schemas, and of values that have none. */
public final class FieldTypes {
    private static final String BITS = "io.debezium.data.Bits";

    private FieldTypes() {}

    /** The type of a field of that schema, within which a null is the schema's default. */
    public static FieldType of(Schema schema) {
        return of(schema, NullHandling.DEFAULT_VALUE);
    }

    /**
     * The type of a field of that schema.
     *
     * @param nulls what becomes of nulls within
     */
    public static FieldType of(Schema schema, NullHandling nulls) {
        String name = schema.name();
        if (name == null) {
            return ofKind(schema, nulls);
        }
        // Any other name only comments on the type below it.
        return switch (name) {
            case Decimal.LOGICAL_NAME ->
                new FieldType.Decimal(
                        parameter(schema, Decimal.SCALE_FIELD), parameter(schema, "connect.decimal.precision"));
            case org.apache.kafka.connect.data.Date.LOGICAL_NAME -> FieldType.Scalar.DATE;
            case Time.LOGICAL_NAME -> FieldType.Scalar.TIME;
            case Timestamp.LOGICAL_NAME -> FieldType.Scalar.TIMESTAMP;
            case BITS ->
                schema.type() == Schema.Type.BYTES
                        ? new FieldType.Bits(parameter(schema, "length"))
                        : ofKind(schema, nulls);
            default -> {
                Optional<SemanticType> semantic = SemanticType.of(schema);
                yield semantic.isPresent() ? semantic.get() : ofKind(schema, nulls);
            }
        };
    }

    private static FieldType ofKind(Schema schema, NullHandling nulls) {
        return switch (schema.type()) {
            case BOOLEAN -> FieldType.Scalar.BOOLEAN;
            case INT8 -> FieldType.Scalar.INT8;
            case INT16 -> FieldType.Scalar.INT16;
            case INT32 -> FieldType.Scalar.INT32;
            case INT64 -> FieldType.Scalar.INT64;
            case FLOAT32 -> FieldType.Scalar.FLOAT32;
            case FLOAT64 -> FieldType.Scalar.FLOAT64;
            case STRING -> FieldType.Scalar.STRING;
            case BYTES -> FieldType.Scalar.BYTES;
            case ARRAY -> new FieldType.Array(of(schema.valueSchema(), nulls), schema);
            case STRUCT, MAP -> new FieldType.Structured(schema, nulls);
        };
    }

    private static int parameter(Schema schema, String name) {
        Map<String, String> parameters = schema.parameters();
        String value = parameters == null ? null : parameters.get(name);
        try {
            return value == null ? 0 : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * The type of a value without schema.
     *
     * @throws RecordException where no converter makes such a value
     */
    static FieldType.Scalar ofValue(String name, @Nullable Object value) {
        if (value == null) {
            return FieldType.Scalar.NULL;
        } else if (value instanceof String) {
            return FieldType.Scalar.JSON_STRING;
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return FieldType.Scalar.INTEGER;
        } else if (value instanceof Number) {
            return FieldType.Scalar.NUMBER;
        } else if (value instanceof Boolean) {
            return FieldType.Scalar.BOOLEAN;
        } else if (value instanceof Map || value instanceof List) {
            return FieldType.Scalar.DOCUMENT;
        } else if (value instanceof byte[] || value instanceof ByteBuffer) {
            return FieldType.Scalar.BYTES;
        } else if (value instanceof Date) {
            return FieldType.Scalar.TIMESTAMP;
        }
        throw new RecordException(
                "field \"" + name + "\" holds a " + value.getClass().getName() + ", which has no meaning here",
                "Use a converter that gives JSON's types or Connect's");
    }
}
