package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.jsonText;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Values.typed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A record that cannot be written fails the task with a paragraph that helps; what came before it is written, and no
 * offset passes it.
 */
@ExtendWith(CasesExtension.class)
final class BadRecordsIT {
    private static final SchemaAndValue HUGE =
            typed(Decimal.schema(-2_000_000_000), new BigDecimal(BigInteger.ONE, -2_000_000_000));

    /** JSON has no NaN: these settings make doubles of texts. */
    private static final String[] AS_DOUBLE = {
        "transforms", "topic,cast",
        "transforms.cast.type", "org.apache.kafka.connect.transforms.Cast$Value",
        "transforms.cast.spec", "v:float64,w:float64"
    };

    @TestFactory
    Stream<DynamicTest> numbers(Cases cases) {
        return cases.run(
                "bad-numbers",
                bad("a number out of range", "smallint", json("id", 1, "note", SECRET, "v", 70_000))
                        .fails("column \"v\"", "out of the column's range", "wider"),
                bad("a fraction for an integer", "int", json("id", 1, "note", SECRET, "v", 1.5))
                        .fails("column \"v\"", "not an integer"),
                bad("a fraction for the key", "int", json("id", 1.5, "note", SECRET))
                        .fails("column \"id\"", "not an integer"),
                bad("a number with too many digits", "numeric(4, 2)", json("id", 1, "note", SECRET, "v", 123.4))
                        .fails("column \"v\"", "out of the column's range", "SQLSTATE 22003"),
                named("a text in an array of a domain with a length, since a cast would cut it")
                        .given(
                                "CREATE DOMAIN short AS varchar(3)",
                                "CREATE TABLE items (id int PRIMARY KEY, v short[])")
                        .records(json("id", 1, "v", List.of(SECRET)))
                        .fails("column \"v\" is public.short[], which cannot hold"),
                bad("a text that is no number", "int", json("id", 1, "v", SECRET))
                        .fails("column \"v\""),
                bad("a text that is no decimal", "numeric", json("id", 1, "v", SECRET))
                        .fails("column \"v\""),
                bad("NaN for an integer", "int", struct("id", 1, "note", SECRET, "v", "NaN"))
                        .with(AS_DOUBLE)
                        .fails("column \"v\"", "NaN"),
                bad("infinity for an integer", "bigint", struct("id", 1, "note", SECRET, "v", "-Infinity"))
                        .with(AS_DOUBLE)
                        .fails("column \"v\"", "infinite"),
                named("NaN and infinities for floating point and numeric")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v float8, w numeric)")
                        .with(AS_DOUBLE)
                        .records(
                                struct("id", 1, "v", "NaN", "w", "NaN"),
                                struct("id", 2, "v", "-Infinity", "w", "Infinity"))
                        .rows(row(1, "NaN", "NaN"), row(2, "-Infinity", "Infinity")),
                bad("a double too large for real", "real", struct("id", 1, "note", SECRET, "v", 1e300))
                        .fails("column \"v\"", "range"),
                bad("a decimal of two thousand million digits", "numeric", struct("id", 1, "note", SECRET, "v", HUGE))
                        .fails("column \"v\"", "more digits than numeric can hold"),
                bad(
                                "a text of two thousand million digits",
                                "numeric",
                                json("id", 1, "note", SECRET, "v", "1e2000000000"))
                        .fails("column \"v\"", "more digits than numeric can hold"),
                bad("two thousand million digits as a text", "text", struct("id", 1, "note", SECRET, "v", HUGE))
                        .fails("column \"v\"", "digits"));
    }

    @TestFactory
    Stream<DynamicTest> texts(Cases cases) {
        return cases.run(
                "bad-texts",
                bad("a text that PostgreSQL finds too long", "varchar(5)", json("id", 1, "v", SECRET))
                        .fails("column \"v\"", "longer than the column allows", "SQLSTATE 22001"),
                bad("a text that is no date", "date", json("id", 1, "v", SECRET))
                        .fails("column \"v\"", "SQLSTATE 22007"),
                bad("a day that is in no calendar", "date", json("id", 1, "note", SECRET, "v", "2026-02-30"))
                        .fails("column \"v\"", "out of range", "SQLSTATE 22008"),
                bad("a text that is no uuid", "uuid", json("id", 1, "v", SECRET))
                        .fails("column \"v\""),
                bad("a text that is no address", "inet", json("id", 1, "v", SECRET))
                        .fails("column \"v\"", "SQLSTATE 22P02"),
                bad("an unknown value of an enumeration", "mood", json("id", 1, "v", SECRET))
                        .fails("column \"v\"", "SQLSTATE 22P02"),
                bad("a text that is no JSON", "jsonb", struct("id", 1, "v", "{\"a\": " + SECRET))
                        .fails("column \"v\"", "JSON"),
                bad("an empty text that is no JSON", "json", struct("id", 1, "note", SECRET, "v", ""))
                        .fails("column \"v\"", "JSON"),
                bad("a character that text cannot hold", "text", json("id", 1, "v", SECRET + "\0"))
                        .fails("column \"v\"", "U+0000"),
                bad("a character that documents cannot hold", "jsonb", json("id", 1, "v", Map.of("a", SECRET + "\0")))
                        .fails("column \"v\""),
                bad("half of a surrogate pair", "text", jsonText("{\"id\": 1, \"v\": \"" + SECRET + "\\ud83d\"}"))
                        .fails("column \"v\"", "surrogate"),
                bad(
                                "half of a surrogate pair in a document",
                                "jsonb",
                                jsonText("{\"id\": 1, \"v\": {\"a\": \"" + SECRET + "\\udc18\"}}"))
                        .fails("column \"v\"", "surrogate"),
                named("zero characters are left out")
                        .given("CREATE TABLE items (id text PRIMARY KEY, v text, d jsonb)")
                        .with("nul.characters", "strip")
                        .records(json("id", "a\0b", "v", "\0\0c\0", "d", Map.of("x\0", "y\0z")))
                        .rows(row("ab", "c", "{\"x\": \"yz\"}")),
                named("zero characters are replaced")
                        .given("CREATE TABLE items (id text PRIMARY KEY, v text, d jsonb)")
                        .with("nul.characters", "replace")
                        .records(json("id", "a\0b", "v", "\0\0c\0", "d", Map.of("x\0", "y\0z")))
                        .rows(row("a\ufffdb", "\ufffd\ufffdc\ufffd", "{\"x\ufffd\": \"y\ufffdz\"}")));
    }

    @TestFactory
    Stream<DynamicTest> shapes(Cases cases) {
        return cases.run(
                "bad-shapes",
                bad("a list instead of fields", "text", jsonText("[\"" + SECRET + "\"]"))
                        .fails("value is a list, not a Struct or a map"),
                bad("no primary key field", "text", json("note", SECRET))
                        .fails("field \"id\"", "primary key", "pk.fields"),
                bad("a null in the key", "text", json("id", null, "note", SECRET))
                        .fails("column \"id\"", "part of the key"),
                bad("a null that the table refuses", "int NOT NULL", json("id", 1, "note", SECRET, "v", null))
                        .fails("column \"v\"", "NOT NULL", "SQLSTATE 23502"),
                bad("no value for a column that needs one", "int NOT NULL", json("id", 1, "note", SECRET))
                        .fails("column \"v\"", "NOT NULL", "SQLSTATE 23502"),
                bad("a check that is violated", "text CONSTRAINT short CHECK (v = 'x')", json("id", 1, "v", SECRET))
                        .fails("constraint \"short\"", "SQLSTATE 23514"),
                bad("a domain that is violated", "positive", json("id", 1, "note", SECRET, "v", -1))
                        .fails("\"v\"", "SQLSTATE 23514"),
                bad("another row with that value", "text UNIQUE", json("id", 2, "v", SECRET))
                        .given("INSERT INTO items VALUES (1, NULL, '" + SECRET + "')")
                        .fails("constraint \"items_v_key\"", "SQLSTATE 23505"),
                bad("a column that is not there", "text", json("id", 1, "w", SECRET))
                        .fails("no column \"w\"", "auto.evolve=true"),
                bad("a column that is there in another case", "text", json("id", 1, "V", SECRET))
                        .fails("no column \"V\"", "a column \"v\"", "fields.rename"),
                bad("a document for a number", "smallint", json("id", 1, "v", Map.of("is", SECRET)))
                        .fails("column \"v\" is smallint", "transformation"),
                bad(
                                "a list of all kinds for an array of numbers",
                                "int[]",
                                json("id", 1, "v", List.of(1, SECRET, true)))
                        .fails("column \"v\""),
                bad("a flag for a date", "date", json("id", 1, "note", SECRET, "v", true))
                        .fails("column \"v\" is date", "transformation"),
                named("a bad record between good ones stops only what comes after it")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v smallint)")
                        .records(
                                json("id", 1, "v", 1),
                                json("id", 2, "v", 2),
                                json("id", 3, "v", 70_000).bad(),
                                json("id", 4, "v", 4))
                        .expect("SELECT id FROM items WHERE id < 3 ORDER BY id", 1, 2)
                        .fails("column \"v\"", "out of the column's range"),
                named("the first of two bad records is named")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v varchar(5))")
                        .with("write.parallelism", "1")
                        .records(
                                json("id", 1, "v", "x"),
                                json("id", 2, "v", SECRET).bad(),
                                json("id", 3, "v", SECRET))
                        .rows(row(1, "x"))
                        .fails("column \"v\"", "SQLSTATE 22001"));
    }

    /** A table with a column of that type, and records of which the last is bad. */
    private static Case bad(String name, String type, Content... records) {
        return named(name)
                .given("CREATE TYPE mood AS ENUM ('fine', 'ill')", "CREATE DOMAIN positive AS int CHECK (VALUE > 0)")
                .given("CREATE TABLE items (id int PRIMARY KEY, note text, v " + type + ")")
                .records(records);
    }
}
