package io.sluice.acceptance;

import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.jsonText;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * JSON in PostgreSQL's columns: {@code into("int", 1, "1", "2", "2")} writes a number 1 and a text "2" into a column of
 * type int, and reads 1 and 2.
 */
@ExtendWith(CasesExtension.class)
final class JsonValuesIT {

    @TestFactory
    Stream<DynamicTest> scalars(Cases cases) {
        return cases.run(
                "json-scalars",
                into("smallint", 1, "1", "-2", "-2", 3.0, "3", null, null),
                into("int", 2_147_483_647, "2147483647", " 5 ", "5"),
                into(
                        "bigint",
                        9_007_199_254_740_993L,
                        "9007199254740993",
                        "9223372036854775807",
                        "9223372036854775807"),
                into("real", 1.5, "1.5", "-1.1", "-1.1", 2, "2"),
                into("double precision", 1.1, "1.1", "NaN", "NaN", "-Infinity", "-Infinity", 5, "5"),
                into("numeric", 1, "1", 1.1, "1.1", "12345678901234567890.10", "12345678901234567890.10"),
                into("numeric(10, 2)", 12.345, "12.35", "1e3", "1000.00"),
                into("boolean", true, "t", "off", "f", "yes", "t", null, null),
                into("text", "x", "x", 1, "1", 1.5, "1.5", true, "true", null, null),
                into("text", Map.of("a", List.of(1, "x")), "{\"a\":[1,\"x\"]}").called("into text: a document"),
                into("varchar(5)", "abcde", "abcde", 12_345, "12345"),
                into("char(3)", "ab", "ab ", 1, "1  "),
                into("\"char\"", "a", "a"),
                into("name", "pen", "pen"),
                into("bytea", "\\x00ff", "\\x00ff"),
                into("uuid", "{a0eebc999c0b4ef8bb6d6bb9bd380a11}", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                into("json", Map.of("a", 1), "{\"a\":1}", "x", "\"x\"", 1, "1"),
                into("jsonb", Map.of("a", 1), "{\"a\": 1}", List.of(1, "x"), "[1, \"x\"]", "x", "\"x\"", true, "true"),
                into("date", "2026-02-28", "2026-02-28", "infinity", "infinity"),
                into("time", "12:34:56.789012", "12:34:56.789012", "24:00:00", "24:00:00"),
                into("time with time zone", "12:34:56+02:00", "12:34:56+02"),
                into("timestamp", "2026-11-22T17:31:00.5", "2026-11-22 17:31:00.5", "infinity", "infinity"),
                into("timestamptz", "2026-11-22T17:31:00+01:00", "2026-11-22 16:31:00+00"),
                into("interval", "1 day 2 hours", "1 day 02:00:00", "PT90M", "01:30:00"));
    }

    @TestFactory
    Stream<DynamicTest> otherTypes(Cases cases) {
        return cases.run(
                "json-other-types",
                into("inet", "10.0.0.1/8", "10.0.0.1/8", "::1", "::1"),
                into("cidr", "10.0.0.0/8", "10.0.0.0/8"),
                into("macaddr", "08-00-2b-01-02-03", "08:00:2b:01:02:03"),
                into("macaddr8", "08:00:2b:01:02:03:04:05", "08:00:2b:01:02:03:04:05"),
                into("bit(3)", "101", "101"),
                into("varbit", "10110", "10110"),
                into("money", "$1,234.50", "$1,234.50", "5", "$5.00"),
                into("oid", 4_294_967_295L, "4294967295", "7", "7"),
                into("xml", "<a>1</a>", "<a>1</a>"),
                into("tsvector", "fat:2 cat:3", "'cat':3 'fat':2", "'it''s'", "'it''s'"),
                into("tsquery", "fat & !cat", "'fat' & !'cat'"),
                into("int4range", "[1,5)", "[1,5)", "empty", "empty"),
                into("tstzrange", "[2026-01-01 00:00+01,)", "[\"2025-12-31 23:00:00+00\",)"),
                into("nummultirange", "{[1.5,2),[3,4]}", "{[1.5,2),[3,4]}"),
                into("point", "(1,2.5)", "(1,2.5)"),
                into("polygon", "((0,0),(1,1),(2,0))", "((0,0),(1,1),(2,0))"),
                into("circle", "<(1,2),3>", "<(1,2),3>"),
                into("lseg", "[(0,0),(1,1)]", "[(0,0),(1,1)]"),
                into("box", "(1,1),(0,0)", "(1,1),(0,0)"),
                into("path", "[(0,0),(1,1)]", "[(0,0),(1,1)]"),
                into("line", "{1,2,3}", "{1,2,3}"),
                into("pg_lsn", "16/B374D848", "16/B374D848"),
                into("jsonpath", "$.a[*]", "$.\"a\"[*]"),
                into("citext", "Pen", "Pen"),
                into("hstore", "\"a\"=>\"1\", \"b\"=>NULL", "\"a\"=>\"1\", \"b\"=>NULL"),
                into("ltree", "a.b.c", "a.b.c"),
                into("\"Mood\"", "it's", "it's", "fine", "fine", null, null).called("into an enum of mixed case"),
                into("app.mood", "ill", "ill").called("into an enum of another schema"),
                into("positive", 5, "5", "7", "7").called("into a domain over int"),
                into("small_positive", 5, "5").called("into a domain over a domain"),
                into("address", "(\"Main St\",5)", "(\"Main St\",5)").called("into a composite type"));
    }

    @TestFactory
    Stream<DynamicTest> arrays(Cases cases) {
        return cases.run(
                "json-arrays",
                into(
                        "int[]",
                        List.of(1, 2),
                        "{1,2}",
                        Arrays.asList(1, null),
                        "{1,NULL}",
                        List.of(),
                        "{}",
                        "{7,8}",
                        "{7,8}"),
                into("int[]", List.of(List.of(1, 2), List.of(3, 4)), "{{1,2},{3,4}}")
                        .called("into int[]: two dimensions"),
                into("bigint[]", List.of(9_007_199_254_740_993L), "{9007199254740993}"),
                into(
                        "text[]",
                        Arrays.asList("a", "b,c", "\"d\"", null, "NULL", ""),
                        "{a,\"b,c\",\"\\\"d\\\"\",NULL,\"NULL\",\"\"}"),
                into("numeric(5, 1)[]", List.of(1, 2.5, "3.14"), "{1.0,2.5,3.1}"),
                into("boolean[]", List.of(true, false), "{t,f}"),
                into("double precision[]", List.of(1.5, 2), "{1.5,2}"),
                into("date[]", List.of("2026-02-28", "infinity"), "{2026-02-28,infinity}"),
                into("timestamptz[]", List.of("2026-11-22T17:31:00+01:00"), "{\"2026-11-22 16:31:00+00\"}"),
                into(
                        "uuid[]",
                        List.of("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
                        "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"),
                into("jsonb[]", List.of(Map.of("a", 1)), "{\"{\\\"a\\\": 1}\"}"),
                into("inet[]", List.of("10.0.0.1"), "{10.0.0.1}"),
                into("\"Mood\"[]", List.of("it's", "fine"), "{it's,fine}").called("into an array of an enum"),
                into("positive[]", List.of(1, 2), "{1,2}").called("into an array of a domain"),
                into("int4range[]", List.of("[1,5)"), "{\"[1,5)\"}"));
    }

    @TestFactory
    Stream<DynamicTest> created(Cases cases) {
        return cases.run(
                "json-created",
                named("uneven documents make their table as they come")
                        .with("pk.mode", "none", "insert.mode", "insert")
                        .with("auto.create", "true", "auto.evolve", "true", "evolve.widen", "true")
                        .records(
                                jsonText("{\"a\": 1, \"empty\": null}"),
                                jsonText("{\"b\": {\"c\": [1, {\"d\": \"ü\"}]}, \"a\": 9007199254740993}"),
                                jsonText("{\"a\": \"now text\", \"b\": \"a text in jsonb\"}"),
                                jsonText("{\"a\": true, \"b\": 1.5, \"e\": \"" + "long ".repeat(20_000) + "\"}"),
                                jsonText("{\"a\": {\"now\": \"nested\"}}"))
                        .expect(
                                "SELECT a, b::text, length(e) FROM items ORDER BY a COLLATE \"C\"",
                                row("1", null, null),
                                row("9007199254740993", "{\"c\": [1, {\"d\": \"ü\"}]}", null),
                                row("now text", "\"a text in jsonb\"", null),
                                row("true", "1.5", 100_000),
                                row("{\"now\":\"nested\"}", null, null)));
    }

    /** A table of an id and a column of that type, and a record for each value; what is read follows the value. */
    private static Case into(String type, @Nullable Object... valuesAndTexts) {
        List<Content> records = new ArrayList<>();
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < valuesAndTexts.length; i += 2) {
            records.add(json("id", i, "v", valuesAndTexts[i]));
            rows.add(row(i, valuesAndTexts[i + 1]));
        }
        return named("into " + type)
                .given(
                        "CREATE TYPE \"Mood\" AS ENUM ('fine', 'it''s')",
                        "CREATE SCHEMA app",
                        "CREATE TYPE app.mood AS ENUM ('ill')",
                        "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
                        "CREATE DOMAIN small_positive AS positive CHECK (VALUE < 10)",
                        "CREATE TYPE address AS (street text, number int)")
                .given(type.matches("citext|hstore|ltree") ? "CREATE EXTENSION " + type : "SELECT")
                .given("CREATE TABLE items (id int PRIMARY KEY, v " + type + ")")
                .records(records.toArray(Content[]::new))
                .rows(rows.toArray());
    }
}
