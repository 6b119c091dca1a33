package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Values.logical;
import static io.sluice.acceptance.Values.typed;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a schema says of its field beyond the type: Debezium's semantic types, source columns and defaults. */
@ExtendWith(CasesExtension.class)
final class SourceTypesIT {
    private static final String TYPES = """
            SELECT string_agg(format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute
            WHERE attrelid = 'items'::regclass AND attnum > 1""";
    private static final long NOON_MICROS = 1_795_348_800_000_000L;

    @TestFactory
    Stream<DynamicTest> semanticTypes(Cases cases) {
        return cases.run(
                "semantic-types",
                creating("dates and times of a day")
                        .records(struct(
                                        "d", logical("io.debezium.time.Date", -1),
                                        "t", logical("io.debezium.time.Time", 3_723_004),
                                        "m", logical("io.debezium.time.MicroTime", 3_723_000_004L),
                                        "n", logical("io.debezium.time.NanoTime", 86_400_000_000_000L))
                                .keyStruct("id", 1))
                        .rows(row(1, "1969-12-31", "01:02:03.004", "01:02:03.000004", "24:00:00"))
                        .expect(TYPES, "date, time without time zone, time without time zone, time without time zone"),
                creating("timestamps of wall clocks")
                        .records(struct(
                                        "t", logical("io.debezium.time.Timestamp", NOON_MICROS / 1000),
                                        "m", logical("io.debezium.time.MicroTimestamp", NOON_MICROS + 1),
                                        "n", logical("io.debezium.time.NanoTimestamp", NOON_MICROS * 1000 + 2000))
                                .keyStruct("id", 1))
                        .rows(row(1, "2026-11-22 12:00:00", "2026-11-22 12:00:00.000001", "2026-11-22 12:00:00.000002"))
                        .expect(
                                TYPES,
                                String.join(", ", java.util.Collections.nCopies(3, "timestamp without time zone"))),
                creating("timestamps of wall clocks are moved by no zone")
                        .with("db.timezone", "America/New_York")
                        .records(struct("m", logical("io.debezium.time.MicroTimestamp", NOON_MICROS))
                                .keyStruct("id", 1))
                        .rows(row(1, "2026-11-22 12:00:00")),
                creating("times with a zone")
                        .records(struct(
                                        "t", logical("io.debezium.time.ZonedTime", "12:00:00.5+02:00"),
                                        "z", logical("io.debezium.time.ZonedTimestamp", "2026-11-22T12:00:00.000001Z"),
                                        "i", logical("io.debezium.time.ZonedTimestamp", "infinity"))
                                .keyStruct("id", 1))
                        .rows(row(1, "12:00:00.5+02", "2026-11-22 12:00:00.000001+00", "infinity"))
                        .expect(TYPES, "time with time zone, timestamp with time zone, timestamp with time zone"),
                creating("intervals and years")
                        .records(struct(
                                        "m", logical("io.debezium.time.MicroDuration", 90_061_000_001L),
                                        "i", logical("io.debezium.time.Interval", "P1Y2M3DT4H5M6.789S"),
                                        "y", logical("io.debezium.time.Year", 2026))
                                .keyStruct("id", 1))
                        .expect(
                                "SELECT id, extract(epoch FROM m), i, y FROM items",
                                row(1, "90061.000001", "1 year 2 mons 3 days 04:05:06.789", 2026))
                        .expect(TYPES, "interval, interval, integer"),
                creating("texts with a meaning")
                        .records(struct(
                                        "j", logical("io.debezium.data.Json", "{\"b\":  1}"),
                                        "u", logical("io.debezium.data.Uuid", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
                                        "x", logical("io.debezium.data.Xml", "<a/>"),
                                        "e", logical("io.debezium.data.Enum", "ill"),
                                        "s", logical("io.debezium.data.EnumSet", "a,b"),
                                        "v", logical("io.debezium.data.Tsvector", "'it''s':1 'b':2"))
                                .keyStruct("id", 1))
                        .rows(row(
                                1,
                                "{\"b\": 1}",
                                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                                "<a/>",
                                "ill",
                                "a,b",
                                "'b':2 'it''s':1"))
                        .expect(TYPES, "jsonb, uuid, xml, text, text, tsvector"),
                named("an enumeration of the source goes into one of the target")
                        .given("CREATE TYPE \"Mood\" AS ENUM ('fine', 'ill')")
                        .given("CREATE TABLE items (id int PRIMARY KEY, e \"Mood\")")
                        .records(struct("id", 1, "e", logical("io.debezium.data.Enum", "ill")))
                        .rows(row(1, "ill")),
                creating("bits, of little-endian bytes")
                        .records(struct("b", bits("10", new byte[] {3, 2}), "v", bits("2147483647", new byte[] {5}))
                                .keyStruct("id", 1))
                        .expect("SELECT b FROM items", "1000000011")
                        .expect("SELECT ltrim(v::text, '0') FROM items", "101"),
                creating("a numeric without a scale keeps every digit")
                        .records(struct("v", variableScale("-123456789012345678901234567890.12345"))
                                .keyStruct("id", 1))
                        .rows(row(1, "-123456789012345678901234567890.12345"))
                        .expect(TYPES, "numeric"),
                creating("a point")
                        .records(struct("p", Values.named("io.debezium.data.geometry.Point", "x", 1.5, "y", -2.0))
                                .keyStruct("id", 1))
                        .rows(row(1, "(1.5,-2)"))
                        .expect(TYPES, "point"));
    }

    @TestFactory
    Stream<DynamicTest> sourceColumns(Cases cases) {
        return cases.run(
                "source-columns",
                creating("types of the source's columns")
                        .records(struct(
                                        "v", propagated("VARCHAR", "20", "pen"),
                                        "c", propagated("BPCHAR", "5", "ink"),
                                        "i", propagated("INET", "", "10.0.0.1"),
                                        "r", propagated("INT4RANGE", "", "[1,5)"))
                                .keyStruct("id", 1))
                        .rows(row(1, "pen", "ink  ", "10.0.0.1", "[1,5)"))
                        .expect(TYPES, "character varying(20), character(5), inet, int4range"),
                creating("a type that nobody knows is the field's own")
                        .records(struct("v", propagated("int; DROP TABLE items; --", "20", "pen"))
                                .keyStruct("id", 1))
                        .rows(row(1, "pen"))
                        .expect(TYPES, "text"),
                creating("a decimal of the source's precision")
                        .records(struct("price", price("12.50")).keyStruct("id", 1))
                        .rows(row(1, "12.50"))
                        .expect(TYPES, "numeric(9,2)"),
                creating("a decimal of scale 0 is a whole number of any size")
                        .records(struct("n", new BigDecimal("123456789012345678901234567890"))
                                .keyStruct("id", 1))
                        .rows(row(1, "123456789012345678901234567890")),
                creating("a column's name that Avro had to change is what it was")
                        .records(struct(
                                        "unit_price",
                                        typed(sourceName("unit-price"), 5),
                                        "own",
                                        typed(sourceName("x"), 6))
                                .keyStruct("id", 1))
                        .expect("SELECT \"unit-price\", own FROM items", row(5, 6)),
                creating("defaults of a schema become the columns'")
                        .records(struct(
                                        "t",
                                                typed(
                                                        SchemaBuilder.string()
                                                                .defaultValue("it's")
                                                                .build(),
                                                        "x"),
                                        "b",
                                                typed(
                                                        SchemaBuilder.bool()
                                                                .defaultValue(true)
                                                                .build(),
                                                        false),
                                        "n",
                                                typed(
                                                        SchemaBuilder.int32()
                                                                .optional()
                                                                .defaultValue(7)
                                                                .build(),
                                                        8))
                                .keyStruct("id", 1))
                        .then("INSERT INTO items (id) VALUES (2)")
                        .rows(row(1, "x", false, 8), row(2, "it's", true, 7)));
    }

    @TestFactory
    Stream<DynamicTest> timestampFields(Cases cases) {
        return cases.run(
                "timestamp-fields",
                creating("numbers of timestamp.fields.list are microseconds")
                        .with("timestamp.fields.list", "at,text")
                        .records(struct("at", NOON_MICROS, "text", Long.toString(NOON_MICROS), "n", NOON_MICROS)
                                .keyStruct("id", 1))
                        .rows(row(1, "2026-11-22 12:00:00", "2026-11-22 12:00:00", NOON_MICROS)),
                creating("numbers of timestamp.fields.list are nanoseconds if they are to be")
                        .with("timestamp.fields.list", "at", "timestamp.precision.mode", "NANOSECONDS")
                        .records(struct("at", NOON_MICROS * 1000 + 1999).keyStruct("id", 1))
                        .rows(row(1, "2026-11-22 12:00:00.000002")),
                named("numbers of timestamp.fields.list are instants in a timestamptz column")
                        .given("CREATE TABLE items (id int PRIMARY KEY, at timestamptz)")
                        .with("timestamp.fields.list", "at", "db.timezone", "Asia/Tokyo")
                        .records(json("id", 1, "at", NOON_MICROS))
                        .rows(row(1, "2026-11-22 12:00:00+00")),
                named("a text of timestamp.fields.list that is no number fails")
                        .given("CREATE TABLE items (id int PRIMARY KEY, at timestamp)")
                        .with("timestamp.fields.list", "at")
                        .records(json("id", 1, "at", SECRET))
                        .fails("column \"at\""));
    }

    private static SchemaAndValue bits(String length, byte[] bytes) {
        Schema schema = SchemaBuilder.bytes()
                .name("io.debezium.data.Bits")
                .parameter("length", length)
                .build();
        return typed(schema, bytes);
    }

    private static SchemaAndValue variableScale(String number) {
        BigDecimal decimal = new BigDecimal(number);
        return Values.named(
                "io.debezium.data.VariableScaleDecimal",
                "scale",
                decimal.scale(),
                "value",
                decimal.unscaledValue().toByteArray());
    }

    private static SchemaAndValue propagated(String type, String length, String value) {
        SchemaBuilder schema = SchemaBuilder.string().parameter("__debezium.source.column.type", type);
        Map<String, String> more = length.isEmpty() ? Map.of() : Map.of("__debezium.source.column.length", length);
        return typed(schema.parameters(more).build(), value);
    }

    private static SchemaAndValue price(String value) {
        BigDecimal decimal = new BigDecimal(value);
        Schema schema = Decimal.builder(decimal.scale())
                .parameter("connect.decimal.precision", "9")
                .build();
        return typed(schema, decimal);
    }

    private static Schema sourceName(String name) {
        return SchemaBuilder.int32()
                .parameter("__debezium.source.column.name", name)
                .build();
    }

    private static Case creating(String name) {
        return named(name).with("auto.create", "true");
    }
}
