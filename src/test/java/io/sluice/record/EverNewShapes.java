package io.sluice.record;

import io.sluice.config.IdentifierCase;
import io.sluice.config.SinkConfig;
import io.sluice.config.TableConfig;
import io.sluice.table.TableRouter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Reads records of which no two look alike, in a JVM of its own with little memory. Ends with an error where that is not enough. */
final class EverNewShapes {
    private static final int RECORDS = 10_000;
    private static final int WIDE = 1_000;
    private static final int LARGE = 500;
    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    private EverNewShapes() {}

    /**
     * Runs one case.
     *
     * @param args the name of the case
     */
    public static void main(String[] args) {
        switch (args[0]) {
            case "values" -> decode(Map.of("pk.mode", "none"), RECORDS, i -> value(wide(20, i)));
            case "keyOfTable" -> decode(Map.of("fields.whitelist", "f0,f1"), WIDE, i -> value(wide(500, i)));
            case "whitelist" ->
                decode(Map.of("pk.mode", "none", "fields.whitelist", "f0,f1"), WIDE, i -> value(wide(500, i)));
            case "largeNames" ->
                decode(Map.of("pk.mode", "none"), LARGE, i -> value(Map.of("x".repeat(100_000) + i, i)));
            case "emptyNames" -> emptyNames();
            case "schemas" -> decode(Map.of("pk.mode", "none"), RECORDS, EverNewShapes::struct);
            case "keys" -> decode(Map.of("pk.mode", "record_key"), RECORDS, i -> keyed(null, wide(20, i)));
            case "keySchemas" ->
                decode(Map.of("pk.mode", "record_key"), RECORDS, i -> {
                    SinkRecord record = struct(i);
                    return keyed(record.valueSchema(), record.value());
                });
            case "primitiveKeys" ->
                decode(
                        Map.of("pk.mode", "record_key", "pk.fields", "k"),
                        RECORDS,
                        i -> keyed(Decimal.schema(i), new BigDecimal(BigInteger.ONE, i)));
            case "headers" -> decode(Map.of("pk.mode", "record_header"), RECORDS, EverNewShapes::withHeaders);
            case "unavailable" -> decode(Map.of("pk.mode", "none"), RECORDS, i -> value(unavailable(i)));
            case "documents" ->
                decode(Map.of("document.column", "d", "pk.mode", "auto"), RECORDS, i -> value(wide(20, i)));
            case "wholeValues" ->
                decode(
                        Map.of("pk.mode", "none"),
                        RECORDS,
                        i -> new SinkRecord(
                                "t", 0, null, null, Decimal.schema(i), new BigDecimal(BigInteger.ONE, i), i));
            case "envelopes" -> decode(Map.of(), RECORDS, EverNewShapes::struct);
            case "tables" -> route("${field.f0}", i -> value(Map.of("f0", "t" + i)));
            case "topics" -> route("${topic}", i -> new SinkRecord("t" + i, 0, null, null, null, Map.of(), i));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static RecordDecoder decoder(Map<String, String> settings) {
        Map<String, String> all =
                new HashMap<>(Map.of("connection.url", "jdbc:postgresql://localhost/x", "topics", "t"));
        all.putAll(settings);
        return new RecordDecoder(SinkConfig.parse(all).records(), IdentifierCase.AS_IS);
    }

    private static void decode(Map<String, String> settings, int count, IntFunction<SinkRecord> records) {
        RecordDecoder decoder = decoder(settings);
        for (int i = 0; i < count; i++) {
            if (decoder.decode(records.apply(i), new Origin(new TopicPartition("t", 0), i), key -> Optional.empty())
                    .isEmpty()) {
                throw new IllegalStateException("record " + i + " became no change");
            }
        }
    }

    /** A key field without a name is refused, after its record has been looked at. */
    private static void emptyNames() {
        RecordDecoder decoder = decoder(Map.of("pk.mode", "record_key"));
        int refused = 0;
        for (int i = 0; i < RECORDS; i++) {
            Map<String, Object> key = wide(20, i);
            key.put("", i);
            try {
                decoder.decode(keyed(null, key), new Origin(new TopicPartition("t", 0), i), key -> Optional.empty());
            } catch (RecordException e) {
                refused++;
            }
        }
        if (refused != RECORDS) {
            throw new IllegalStateException("refused " + refused);
        }
    }

    private static void route(String format, IntFunction<SinkRecord> records) {
        TableRouter router = new TableRouter(tables(format));
        for (int i = 0; i < 20 * RECORDS; i++) {
            if (router.route(records.apply(i)).isEmpty()) {
                throw new IllegalStateException("record " + i + " has no table");
            }
        }
    }

    private static TableConfig tables(String format) {
        return SinkConfig.parse(Map.of(
                        "connection.url", "jdbc:postgresql://localhost/x", "topics", "t", "table.name.format", format))
                .tables();
    }

    private static SinkRecord value(Map<String, ?> value) {
        return new SinkRecord("t", 0, null, null, null, value, 0);
    }

    private static SinkRecord keyed(@Nullable Schema schema, Object key) {
        return new SinkRecord("t", 0, schema, key, null, Map.of("v", 1), 0);
    }

    private static Map<String, Object> wide(int fields, int number) {
        Map<String, Object> wide = new LinkedHashMap<>();
        for (int i = 0; i < fields; i++) {
            wide.put("f" + i, i);
        }
        wide.put("new" + number, number);
        return wide;
    }

    private static SinkRecord struct(int number) {
        SchemaBuilder schema = SchemaBuilder.struct().name("some.Envelope" + number);
        for (int i = 0; i < 10; i++) {
            schema.field("f" + i, Schema.OPTIONAL_STRING_SCHEMA);
        }
        Schema built = schema.field("new" + number, Schema.INT32_SCHEMA).build();
        return new SinkRecord("t", 0, null, null, built, new Struct(built).put("new" + number, number), number);
    }

    private static SinkRecord withHeaders(int number) {
        SinkRecord record = value(Map.of("v", 1));
        record.headers().addInt("h" + number, number).addInt("other", 1);
        return record;
    }

    private static Map<String, Object> unavailable(int number) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int bit = 0; bit < 17; bit++) {
            fields.put("f" + bit, (number >> bit & 1) == 0 ? "text" : UNAVAILABLE);
        }
        fields.put("id", List.of());
        return fields;
    }
}
