package io.sluice.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Estimates of the memory that values hold, in bytes, for a 64-bit JVM with compressed references. */
public final class MemorySize {
    private static final long REFERENCE = 4;
    private static final long BOXED = 24;
    private static final long STRING = 56;
    private static final long COLLECTION = 64;
    private static final long FIELD = 200;
    private static final long SCHEMA = 150;

    private MemorySize() {}

    /** What a record holds in its key, its value and its headers, whether or not it becomes a part of a row. */
    public static long ofRecord(SinkRecord record) {
        long bytes = COLLECTION + of(record.key()) + of(record.value());
        for (Header header : record.headers()) {
            bytes += COLLECTION + of(header.key()) + of(header.value());
        }
        return bytes;
    }

    /** What the description of fields holds, with their schemas. */
    static long ofFields(List<io.sluice.record.Field> fields) {
        Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long bytes = COLLECTION;
        for (io.sluice.record.Field field : fields) {
            bytes += FIELD + 2L * field.name().length() + ofType(field.type(), seen);
        }
        return bytes;
    }

    private static long ofType(FieldType type, Set<Schema> seen) {
        if (type instanceof FieldType.Structured structured) {
            return ofSchema(structured.schema(), seen);
        }
        return type instanceof FieldType.Array array ? ofSchema(array.schema(), seen) : 0;
    }

    /** What a schema holds. */
    static long ofSchema(Schema schema) {
        return ofSchema(schema, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** A schema may hold itself. */
    private static long ofSchema(Schema schema, Set<Schema> seen) {
        if (!seen.add(schema)) {
            return 0;
        }
        long bytes = SCHEMA + of(schema.name()) + of(schema.doc()) + of(schema.parameters());
        switch (schema.type()) {
            case STRUCT -> {
                for (Field field : schema.fields()) {
                    bytes += COLLECTION + of(field.name()) + ofSchema(field.schema(), seen);
                }
            }
            case MAP -> bytes += ofSchema(schema.keySchema(), seen) + ofSchema(schema.valueSchema(), seen);
            case ARRAY -> bytes += ofSchema(schema.valueSchema(), seen);
            case BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, STRING, BYTES ->
                bytes += of(schema.defaultValue());
        }
        return bytes;
    }

    /** References and boxes of all fields; what varies from row to row comes on top. */
    static long fixedBytes(List<io.sluice.record.Field> fields) {
        return fields.stream().mapToLong(field -> REFERENCE + BOXED).sum();
    }

    static int[] variableFields(List<io.sluice.record.Field> fields) {
        return IntStream.range(0, fields.size())
                .filter(index -> varies(fields.get(index).type()))
                .toArray();
    }

    private static boolean varies(FieldType type) {
        if (type instanceof FieldType.Scalar scalar) {
            return switch (scalar) {
                case STRING, JSON_STRING, BYTES, DOCUMENT, NUMBER -> true;
                case BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, DATE, TIME, TIMESTAMP, INTEGER, NULL ->
                    false;
            };
        }
        return !(type instanceof SemanticType semantic && isNumber(semantic));
    }

    private static boolean isNumber(SemanticType type) {
        return type.kind() == Schema.Type.INT32
                || (type.kind() == Schema.Type.INT64 && !type.schemaName().isEmpty());
    }

    static long of(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof String text) {
            return STRING + text.length();
        }
        if (value instanceof byte[] bytes) {
            return BOXED + bytes.length;
        }
        if (value instanceof ByteBuffer buffer) {
            return STRING + buffer.remaining();
        }
        if (value instanceof Map<?, ?> map) {
            long sum = COLLECTION;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum += COLLECTION + of(entry.getKey()) + of(entry.getValue());
            }
            return sum;
        }
        if (value instanceof List<?> list) {
            long sum = COLLECTION;
            for (Object element : list) {
                sum += REFERENCE + of(element);
            }
            return sum;
        }
        if (value instanceof Struct struct) {
            long sum = COLLECTION;
            for (Field field : struct.schema().fields()) {
                // By the field's place, which takes no look-up; a default that stands for a null counts for little.
                sum += REFERENCE + of(struct.get(field));
            }
            return sum;
        }
        if (value instanceof BigDecimal decimal) {
            return BOXED + COLLECTION + decimal.precision() / 2;
        }
        if (value instanceof BigInteger integer) {
            return COLLECTION + integer.bitLength() / Byte.SIZE;
        }
        return BOXED;
    }
}
