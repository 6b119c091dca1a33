package io.sluice.acceptance;

import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Values.typed;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Connect's types in PostgreSQL's columns: {@code into("int", (byte) 1, "1", 2L, "2")} writes an INT8 of 1 and an INT64
 * of 2 into a column of type int, and reads 1 and 2.
 */
@ExtendWith(CasesExtension.class)
final class ValuesIT {
    private static final SchemaAndValue DAY =
            typed(org.apache.kafka.connect.data.Date.SCHEMA, date("2026-02-28T00:00:00Z"));
    private static final SchemaAndValue CLOCK = typed(Time.SCHEMA, date("1970-01-01T23:59:59.999Z"));
    private static final SchemaAndValue MOMENT = typed(Timestamp.SCHEMA, date("2026-07-01T03:04:05.678Z"));
    private static final SchemaAndValue MAP = typed(
            SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_INT32_SCHEMA)
                    .build(),
            Map.of("a", 1));

    @TestFactory
    Stream<DynamicTest> numbers(Cases cases) {
        return cases.run(
                "numbers",
                into("smallint", (byte) -128, "-128", (short) 32_767, "32767", 3, "3", 4L, "4", 5.0, "5")
                        .called("into smallint: integers, and fractions without a fraction"),
                into("smallint", new BigDecimal("-6"), "-6", new BigDecimal("7.00"), "7", "8", "8", none(), null)
                        .called("into smallint: decimals, texts and NULL"),
                into("int", (byte) 1, "1", Integer.MIN_VALUE, "-2147483648", 2_147_483_647L, "2147483647", "+5", "5"),
                into(
                                "bigint",
                                1,
                                "1",
                                Long.MIN_VALUE,
                                "-9223372036854775808",
                                "9223372036854775807",
                                "9223372036854775807")
                        .called("into bigint: from end to end"),
                into("real", 1.1f, "1.1", 1.5, "1.5", 2, "2", new BigDecimal("2.5"), "2.5", "NaN", "NaN")
                        .called("into real"),
                into("double precision", 1.1, "1.1", -2.2e-300, "-2.2e-300", 3L, "3", "-Infinity", "-Infinity")
                        .called("into double precision"),
                into("numeric", 1, "1", Long.MAX_VALUE, "9223372036854775807", 1.1, "1.1", 1.1f, "1.1")
                        .called("into numeric: integers and fractions"),
                into(
                                "numeric",
                                new BigDecimal("-12345678901234567890.1200"),
                                "-12345678901234567890.1200",
                                new BigDecimal("1E+5"),
                                "100000",
                                "0.00000000000000000000001",
                                "0.00000000000000000000001",
                                "NaN",
                                "NaN",
                                "Infinity",
                                "Infinity")
                        .called("into numeric: every digit of decimals and texts"),
                into("numeric(10, 2)", new BigDecimal("1.005"), "1.01", 2, "2.00", "3.14159", "3.14")
                        .called("into numeric(10, 2): rounded as PostgreSQL does it"),
                into("int", true, 1, false, 0).called("into int: flags"),
                into("boolean", true, "t", false, "f", "true", "t", "no", "f", none(), null),
                into("money", "12.50", "$12.50"));
    }

    @TestFactory
    Stream<DynamicTest> texts(Cases cases) {
        return cases.run(
                "texts",
                into("text", "größer — 漢字 🐘 'quoted' \\ \t\n", "größer — 漢字 🐘 'quoted' \\ \t\n", "", "", none(), null)
                        .called("into text: every character, the empty text and NULL"),
                into(
                                "text",
                                (byte) 1,
                                "1",
                                2L,
                                "2",
                                1.5,
                                "1.5",
                                1e100,
                                "1.0E100",
                                true,
                                "true",
                                new BigDecimal("1.20"),
                                "1.20")
                        .called("into text: numbers and flags"),
                into("text", DAY, "2026-02-28", CLOCK, "23:59:59.999", MOMENT, "2026-07-01T03:04:05.678")
                        .called("into text: dates and times"),
                into("text", List.of(1, 2), "[1,2]", MAP, "{\"a\":1}", Values.struct("x", "y"), "{\"x\":\"y\"}")
                        .called("into text: documents"),
                into("text", new byte[] {0, (byte) 255}, "\\x00ff").called("into text: bytes"),
                into("varchar(5)", "abcde", "abcde", 12345, "12345"),
                into("char(5)", "ab", "ab   ", 12, "12   "),
                into("name", "pen", "pen"),
                into("bytea", new byte[] {0, (byte) 255, 16}, "\\x00ff10", new byte[0], "\\x", none(), null),
                into("uuid", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
    }

    @TestFactory
    Stream<DynamicTest> times(Cases cases) {
        return cases.run(
                "times",
                into(
                        "date",
                        DAY,
                        "2026-02-28",
                        MOMENT,
                        "2026-07-01",
                        "2026-02-28",
                        "2026-02-28",
                        "infinity",
                        "infinity"),
                into("date", "10000-01-01", "10000-01-01", "4713-01-01 BC", "4713-01-01 BC")
                        .called("into date: years beyond 9999 and before Christ"),
                into("time", CLOCK, "23:59:59.999", "12:34:56.789012", "12:34:56.789012", "24:00:00", "24:00:00"),
                into("timetz", "12:34:56.789+02", "12:34:56.789+02"),
                into(
                        "timestamp",
                        MOMENT,
                        "2026-07-01 03:04:05.678",
                        DAY,
                        "2026-02-28 00:00:00",
                        "infinity",
                        "infinity"),
                into("timestamp", "2026-11-22T17:31:00.123456", "2026-11-22 17:31:00.123456")
                        .called("into timestamp: a text keeps its microseconds"),
                into("timestamptz", MOMENT, "2026-07-01 03:04:05.678+00", DAY, "2026-02-28 00:00:00+00"),
                into("timestamptz", "2026-11-22T17:31:00+01:00", "2026-11-22 16:31:00+00", "-infinity", "-infinity")
                        .called("into timestamptz: a text keeps its instant"),
                into("timestamp(0)", MOMENT, "2026-07-01 03:04:06"),
                into("interval", "1 day 2 hours", "1 day 02:00:00", "P1Y2M3DT4H", "1 year 2 mons 3 days 04:00:00"),
                named("wall clocks are in the zone of db.timezone; instants and dates are in none")
                        .given("CREATE TABLE items (id int PRIMARY KEY, d date, t timestamp, z timestamptz)")
                        .with("db.timezone", "America/New_York")
                        .records(struct("id", 1, "d", DAY, "t", MOMENT, "z", MOMENT))
                        .rows(row(1, "2026-02-28", "2026-06-30 23:04:05.678", "2026-07-01 03:04:05.678+00")));
    }

    @TestFactory
    Stream<DynamicTest> documents(Cases cases) {
        return cases.run(
                "documents",
                into("jsonb", Values.struct("n", 1, "m", MOMENT), "{\"m\": \"2026-07-01T03:04:05.678Z\", \"n\": 1}")
                        .called("into jsonb: a Struct, its times in ISO 8601"),
                into(
                                "jsonb",
                                MAP,
                                "{\"a\": 1}",
                                List.of("x", "y"),
                                "[\"x\", \"y\"]",
                                1,
                                "1",
                                true,
                                "true",
                                none(),
                                null)
                        .called("into jsonb: maps, arrays, numbers, flags and NULL"),
                into("jsonb", "{\"b\": [1, null]}", "{\"b\": [1, null]}", "\"x\"", "\"x\"")
                        .called("into jsonb: a text that is JSON"),
                into("json", "{\"b\":  1, \"b\": 2}", "{\"b\":  1, \"b\": 2}", Values.struct("x", "y"), "{\"x\":\"y\"}")
                        .called("into json: a text as it is, and a Struct"),
                into("jsonb", new BigDecimal("1234567890123456789.10"), "1234567890123456789.10")
                        .called("into jsonb: every digit of a decimal"));
    }

    /** A table of an id and a column of that type, and a record for each value; what is read follows the value. */
    private static Case into(String type, @Nullable Object... valuesAndTexts) {
        List<Content> records = new ArrayList<>();
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < valuesAndTexts.length; i += 2) {
            records.add(struct("id", i, "v", valuesAndTexts[i]));
            rows.add(row(i, valuesAndTexts[i + 1]));
        }
        return named("into " + type)
                .given("CREATE TABLE items (id int PRIMARY KEY, v " + type + ")")
                .records(records.toArray(Content[]::new))
                .rows(rows.toArray());
    }

    private static SchemaAndValue none() {
        return typed(Schema.OPTIONAL_STRING_SCHEMA, null);
    }

    private static Date date(String instant) {
        return Date.from(Instant.parse(instant));
    }
}
