package io.sluice.record;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Records that the benchmarks share: an int8 key and eight columns, among them two texts of 10 to 20 characters, in each
 * form in which a sink gets them. Every record has objects of its own, as if a converter had just made it.
 */
public final class EightColumns {
    public static final String TOPIC = "eight";

    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema ROW = SchemaBuilder.struct()
            .name("eight.Value")
            .field("id", Schema.INT64_SCHEMA)
            .field("amount", Schema.INT64_SCHEMA)
            .field("quantity", Schema.INT32_SCHEMA)
            .field("price", Schema.FLOAT64_SCHEMA)
            .field("paid", Schema.BOOLEAN_SCHEMA)
            .field("customer", Schema.STRING_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field("created", Timestamp.SCHEMA)
            .optional()
            .build();
    private static final Schema EVENT = SchemaBuilder.struct()
            .name("eight.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final String LETTERS = "abcdefghijklmnopqrst";

    /** The form of a record. */
    public enum Form {
        /** A Struct. */
        STRUCT,
        /** A map without schema. */
        MAP,
        /** Debezium's change event. */
        ENVELOPE
    }

    private EightColumns() {}

    /** Records with keys from 0, again from 0 after so many keys. */
    public static List<SinkRecord> records(Form form, int count, int keys) {
        return IntStream.range(0, count)
                .mapToObj(i -> record(form, i, scattered(i, keys)))
                .toList();
    }

    /** One after the other, the keys are far apart. */
    private static long scattered(int number, int keys) {
        return number * 7919L % keys;
    }

    private static SinkRecord record(Form form, int offset, long id) {
        return switch (form) {
            case STRUCT -> record(offset, KEY, key(id), ROW, row(id));
            case MAP -> record(offset, null, new HashMap<>(Map.of("id", id)), null, map(row(id)));
            case ENVELOPE -> record(offset, KEY, key(id), EVENT, event(offset, id));
        };
    }

    private static SinkRecord record(int offset, Schema keySchema, Object key, Schema schema, Object value) {
        return new SinkRecord(
                TOPIC, offset >>> 9 & 7, keySchema, key, schema, value, offset, 0L, TimestampType.CREATE_TIME);
    }

    /** Of five events one is a deletion, two are updates and two insertions. */
    private static Struct event(int number, long id) {
        Struct event = new Struct(EVENT);
        return switch (number % 5) {
            case 0 -> event.put("op", "d").put("before", row(id));
            case 1, 2 -> event.put("op", "u").put("before", row(id)).put("after", row(id));
            default -> event.put("op", "c").put("after", row(id));
        };
    }

    private static Struct key(long id) {
        return new Struct(KEY).put("id", id);
    }

    private static Struct row(long id) {
        return new Struct(ROW)
                .put("id", id)
                .put("amount", id * 1_000_003)
                .put("quantity", (int) (id % 10_000) + 1_000)
                .put("price", id * 0.25)
                .put("paid", id % 3 == 0)
                .put("customer", text(id, 10 + (int) (id % 11)))
                .put("note", text(id + 7, 10 + (int) (id * 7 % 11)))
                .put("created", new Date(1_700_000_000_000L + id));
    }

    private static String text(long id, int length) {
        int from = (int) (id % LETTERS.length());
        return (LETTERS.substring(from) + LETTERS).substring(0, length);
    }

    private static Map<String, Object> map(Struct row) {
        Map<String, Object> map = new HashMap<>();
        ROW.fields().forEach(field -> map.put(field.name(), value(row.get(field))));
        return map;
    }

    /** JSON has no times. */
    private static Object value(Object value) {
        return value instanceof Date date ? (Object) date.getTime() : value;
    }
}
