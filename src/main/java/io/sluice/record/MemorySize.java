package io.sluice.record;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Estimates of the memory that values hold, in bytes, for a 64-bit JVM with compressed references. */
final class MemorySize {
    private static final long REFERENCE = 4;
    private static final long BOXED = 24;
    private static final long STRING = 56;
    private static final long COLLECTION = 64;

    private MemorySize() {}

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
                case STRING, JSON_STRING, BYTES, DOCUMENT -> true;
                case BOOLEAN,
                        INT8,
                        INT16,
                        INT32,
                        INT64,
                        FLOAT32,
                        FLOAT64,
                        DATE,
                        TIME,
                        TIMESTAMP,
                        INTEGER,
                        NUMBER,
                        NULL -> false;
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
                sum += REFERENCE + of(struct.getWithoutDefault(field.name()));
            }
            return sum;
        }
        return BOXED;
    }
}
