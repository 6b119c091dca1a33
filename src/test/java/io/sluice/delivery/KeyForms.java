package io.sluice.delivery;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * A type of key columns, and two ways to say each of its values: another spelling, or another type of Connect. PostgreSQL
 * holds the two for equal, and tells all numbers apart.
 *
 * @param topic which is the table's name, too
 * @param type the column's, in SQL
 * @param keys how many values there are
 */
record KeyForms(
        String topic, String type, int keys, IntFunction<SchemaAndValue> one, IntFunction<SchemaAndValue> other) {
    private static final int KEYS = 1_000;
    private static final int LABELS = 60;
    private static final long MIDNIGHT = 1_704_067_200_000L;
    private static final String VARIABLE_SCALE = "io.debezium.data.VariableScaleDecimal";

    /** What the columns' types need. */
    static List<String> prerequisites() {
        return List.of(
                "CREATE EXTENSION IF NOT EXISTS citext",
                "CREATE EXTENSION IF NOT EXISTS hstore",
                "CREATE EXTENSION IF NOT EXISTS ltree",
                "CREATE COLLATION sameletters (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
                "CREATE DOMAIN amount AS numeric(14, 2)",
                "CREATE TYPE pair AS (a int, b int)",
                "CREATE TYPE label AS ENUM ("
                        + IntStream.range(0, LABELS)
                                .mapToObj(i -> "'label" + i + "'")
                                .collect(Collectors.joining(", "))
                        + ")");
    }

    static List<KeyForms> all() {
        List<KeyForms> all = new ArrayList<>();
        all.addAll(numbers());
        all.addAll(texts());
        all.addAll(times());
        all.addAll(others());
        return all;
    }

    private static List<KeyForms> numbers() {
        return List.of(
                new KeyForms(
                        "k_bool",
                        "boolean",
                        2,
                        i -> value(Schema.BOOLEAN_SCHEMA, i == 0),
                        i -> text(i == 0 ? "t" : "f")),
                of("int2", "smallint", i -> value(Schema.INT16_SCHEMA, (short) i), i -> text(" " + i + " ")),
                of("int4", "integer", i -> value(Schema.INT32_SCHEMA, i), i -> text("+" + i)),
                of("int8", "bigint", i -> value(Schema.INT64_SCHEMA, (long) i), i -> decimal(i + ".00")),
                of("float4", "real", i -> value(Schema.FLOAT32_SCHEMA, i + 0.5f), i -> text(i + ".50")),
                of(
                        "float8",
                        "double precision",
                        i -> value(Schema.FLOAT64_SCHEMA, -(double) i),
                        i -> text("-" + i + "e0")),
                of("numeric", "numeric", i -> text(i + ".5"), i -> text(i + ".5" + "0".repeat(45))),
                of("scales", "numeric", i -> variable(i + ".5", "one"), i -> variable(i + ".50", "one")),
                of("schemas", "numeric", i -> variable(i + ".5", "one"), i -> variable(i + ".5", "other")),
                of(
                        "numbers",
                        "numeric",
                        i -> value(Schema.INT64_SCHEMA, (long) i),
                        i -> value(Schema.FLOAT64_SCHEMA, (double) i)),
                of("rounded", "numeric(12, 2)", i -> text(i + ".004"), i -> decimal(i + ".001")),
                of("halves", "numeric(12, 2)", i -> text(i + ".005"), i -> text(i + ".01")),
                of("domain", "amount", i -> text(i + ".0"), i -> value(Schema.INT32_SCHEMA, i)),
                of("money", "money", i -> value(Schema.INT32_SCHEMA, i), i -> text(i + ".00")),
                of("oid", "oid", i -> value(Schema.INT64_SCHEMA, (long) i), i -> text(i + " ")),
                of(
                        "lsn",
                        "pg_lsn",
                        i -> text("0/" + Integer.toHexString(i)),
                        i -> text("00/0" + Integer.toHexString(i))));
    }

    private static List<KeyForms> texts() {
        return List.of(
                of("text", "text", i -> text("" + i), i -> value(Schema.INT32_SCHEMA, i)),
                of("varchar", "varchar(6)", i -> text(padded(i, 6)), i -> text(padded(i, 9))),
                of("char", "char(8)", i -> text("k" + i), i -> text(padded(i, 9))),
                of("name", "name", i -> text("" + i), i -> value(Schema.INT64_SCHEMA, (long) i)),
                of("citext", "citext", i -> text("key" + i), i -> text("KEY" + i)),
                of("collated", "text COLLATE sameletters", i -> text("clé" + i), i -> text("CLE" + i)),
                of("short", "varchar(9) COLLATE sameletters", i -> text("clé" + i), i -> text("cle" + i)),
                new KeyForms(
                        "k_enum",
                        "label",
                        LABELS,
                        i -> text("label" + i),
                        i -> named("io.debezium.data.Enum", "label" + i)),
                of("ltree", "ltree", i -> text("a.b" + i), i -> named("io.debezium.data.Ltree", "a.b" + i)),
                of("hstore", "hstore", i -> text("a=>" + i), i -> text("\"a\" => \"" + i + "\"")),
                of("jsonb", "jsonb", i -> text("{\"a\":" + i + "}"), i -> text("{ \"a\" : " + i + ".0 }")),
                of("tsvector", "tsvector", i -> text("a b" + i), i -> text("b" + i + " a")));
    }

    private static List<KeyForms> times() {
        return List.of(
                of("date", "date", i -> text(day(i)), i -> text(day(i).replace("-", ""))),
                of(
                        "days",
                        "date",
                        i -> value(org.apache.kafka.connect.data.Date.SCHEMA, new Date(MIDNIGHT + i * 86_400_000L)),
                        i -> text(day(i))),
                of("time", "time", i -> value(Time.SCHEMA, new Date(i * 1_000L)), i -> text(clock(i))),
                of("timetz", "timetz", i -> text(clock(i) + "+00"), i -> text(clock(i) + "+00:00")),
                of(
                        "timestamp",
                        "timestamp",
                        i -> value(Timestamp.SCHEMA, instant(i)),
                        i -> text("2024-01-01T" + clock(i))),
                of(
                        "spelled",
                        "timestamp",
                        i -> text("2024-01-01 " + clock(i)),
                        i -> text("20240101T" + clock(i).replace(":", ""))),
                of(
                        "zulu",
                        "timestamptz",
                        i -> text("2024-01-01T" + clock(i) + "Z"),
                        i -> text("2024-01-01T" + clock(i) + "+00:00")),
                of(
                        "offsets",
                        "timestamptz",
                        i -> named("io.debezium.time.ZonedTimestamp", "2024-01-01T" + clock(i) + "Z"),
                        i -> text("2024-01-01T0" + (4 + i / 3600) + clock(i).substring(2) + "+04")),
                of(
                        "seconds",
                        "timestamp(0)",
                        i -> text("2024-01-01T" + clock(i) + ".2"),
                        i -> text("2024-01-01T" + clock(i) + ".3")),
                of("interval", "interval", i -> text(i + " days"), i -> text(24 * i + " hours")));
    }

    private static List<KeyForms> others() {
        return List.of(
                of(
                        "uuid",
                        "uuid",
                        i -> text(uuid(i)),
                        i -> text(uuid(i).replace("-", "").toUpperCase(Locale.ROOT))),
                of(
                        "bytea",
                        "bytea",
                        i -> value(Schema.BYTES_SCHEMA, BigInteger.valueOf(i).toByteArray()),
                        i -> text("\\x"
                                + HexFormat.of().formatHex(BigInteger.valueOf(i).toByteArray()))),
                of("bit", "bit(16)", i -> bits(i), i -> text(zerosAndOnes(i))),
                of("varbit", "bit varying", i -> bits(i), i -> text(zerosAndOnes(i))),
                of("inet", "inet", i -> text(address(i)), i -> text(address(i) + "/32")),
                of("cidr", "cidr", i -> text(address(i)), i -> text(address(i) + "/32")),
                of("macaddr", "macaddr", i -> text("08:00:2b:01:" + mac(i, ":")), i -> text("08002b01" + mac(i, ""))),
                of(
                        "macaddr8",
                        "macaddr8",
                        i -> text("08:00:2b:01:02:03:" + mac(i, ":")),
                        i -> text("08002b010203" + mac(i, ""))),
                of("range", "int4range", i -> text("[1," + (i + 1) + "]"), i -> text("[1," + (i + 2) + ")")),
                of(
                        "array",
                        "int4[]",
                        i -> value(SchemaBuilder.array(Schema.INT32_SCHEMA).build(), List.of(i)),
                        i -> text("{ " + i + " }")),
                of("composite", "pair", i -> text("(1," + i + ")"), i -> text("( 1, " + i + ")")));
    }

    private static KeyForms of(
            String topic, String type, IntFunction<SchemaAndValue> one, IntFunction<SchemaAndValue> other) {
        return new KeyForms("k_" + topic, type, KEYS, one, other);
    }

    private static SchemaAndValue value(Schema schema, Object value) {
        return new SchemaAndValue(schema, value);
    }

    private static SchemaAndValue text(String text) {
        return new SchemaAndValue(Schema.STRING_SCHEMA, text);
    }

    private static SchemaAndValue named(String name, String text) {
        return new SchemaAndValue(SchemaBuilder.string().name(name).build(), text);
    }

    private static SchemaAndValue decimal(String number) {
        BigDecimal decimal = new BigDecimal(number);
        return new SchemaAndValue(Decimal.schema(decimal.scale()), decimal);
    }

    private static SchemaAndValue variable(String number, String documentation) {
        BigDecimal decimal = new BigDecimal(number);
        Schema schema = SchemaBuilder.struct()
                .name(VARIABLE_SCALE)
                .doc(documentation)
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA)
                .build();
        return new SchemaAndValue(
                schema,
                new Struct(schema)
                        .put("scale", decimal.scale())
                        .put("value", decimal.unscaledValue().toByteArray()));
    }

    private static SchemaAndValue bits(int i) {
        Schema schema = SchemaBuilder.bytes()
                .name("io.debezium.data.Bits")
                .parameter("length", "16")
                .build();
        return new SchemaAndValue(schema, new byte[] {(byte) i, (byte) (i >> 8)});
    }

    private static String zerosAndOnes(int i) {
        return String.format(Locale.ROOT, "%16s", Integer.toBinaryString(i)).replace(' ', '0');
    }

    private static String padded(int i, int length) {
        return String.format(Locale.ROOT, "%-" + length + "s", "k" + i);
    }

    private static String day(int i) {
        return LocalDate.of(2024, 1, 1).plusDays(i).toString();
    }

    private static Date instant(int i) {
        return new Date(MIDNIGHT + i * 1_000L);
    }

    private static String clock(int i) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", i / 3600, i / 60 % 60, i % 60);
    }

    private static String uuid(int i) {
        return String.format(Locale.ROOT, "a0eebc99-9c0b-4ef8-bb6d-%012x", i);
    }

    private static String address(int i) {
        return "10.0." + i / 256 + "." + i % 256;
    }

    private static String mac(int i, String separator) {
        return String.format(Locale.ROOT, "%02x%s%02x", i / 256, separator, i % 256);
    }
}
