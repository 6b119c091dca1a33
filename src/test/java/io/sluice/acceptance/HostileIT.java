package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.jsonText;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Content.tombstone;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever a topic may hold: nothing of it becomes SQL, and nothing of it ends the worker. */
@ExtendWith(CasesExtension.class)
final class HostileIT {
    private static final String INJECTION = "'); DROP TABLE items; --";
    private static final String MEBIBYTE = SECRET.repeat((1 << 20) / SECRET.length());
    private static final String TEN_MEBIBYTES = MEBIBYTE.repeat(10);
    private static final String LONGEST_NAME = "n".repeat(63);

    @TestFactory
    Stream<DynamicTest> names(Cases cases) {
        return cases.run(
                "hostile-names",
                creating("SQL in the name of a field is a name")
                        .records(struct("x int); DROP TABLE items; --", 5, "y\" int, \"z", 6)
                                .keyStruct("id", 1))
                        .rows(row(1, 5, 6)),
                creating("SQL in the name of a key field is a name, in upserts and deletes")
                        .with("delete.enabled", "true", "pk.mode", "record_key")
                        .records(
                                struct("v", 1).keyStruct("id\" = 1 OR \"v", 1),
                                struct("v", 2).keyStruct("id\" = 1 OR \"v", 2),
                                tombstone().keyStruct("id\" = 1 OR \"v", 1))
                        .rows(row(2, 2)),
                creating("SQL in the name of a topic's table is a name")
                        .with("table.name.format", "${topic}\"\"; DROP TABLE items; --")
                        .given("CREATE TABLE items (id int)")
                        .records(struct("v", 1).keyStruct("id", 1))
                        .expect("SELECT count(*) FROM items", 0),
                creating("a name of 63 bytes is kept")
                        .records(struct(LONGEST_NAME, 5).keyStruct("id", 1))
                        .expect("SELECT " + LONGEST_NAME + " FROM items", 5),
                creating("a longer name is refused, as PostgreSQL would cut it")
                        .records(struct(LONGEST_NAME + "n", SECRET).keyStruct("id", 1))
                        .fails("63 bytes", "fields.rename"),
                creating("bytes count, not characters")
                        .records(struct("ü".repeat(32), SECRET).keyStruct("id", 1))
                        .fails("63 bytes", "fields.rename"),
                creating("a longer name of a table is refused")
                        .from(LONGEST_NAME + "n", struct("v", SECRET).keyStruct("id", 1))
                        .fails("63 bytes"),
                creating("an empty name of a field is refused")
                        .records(jsonText("{\"\": \"" + SECRET + "\"}").keyJson(Map.of("id", 1)))
                        .fails("empty name"),
                creating("an empty name of a key field is refused")
                        .records(json("v", SECRET).keyJson(Map.of("", 1)))
                        .fails("empty name"),
                creating("a zero character in a name is refused")
                        .records(struct("a\0b", SECRET).keyStruct("id", 1))
                        .fails("U+0000"),
                named("an unknown field whose name has SQL in it is named in quotes")
                        .given("CREATE TABLE items (id int PRIMARY KEY)")
                        .records(json("id", 1, INJECTION, SECRET))
                        .fails("no column \"" + INJECTION + "\""),
                creating("names of a system column are refused by PostgreSQL, and the task says so")
                        .records(struct("ctid", SECRET).keyStruct("id", 1))
                        .fails("ctid"));
    }

    @TestFactory
    Stream<DynamicTest> values(Cases cases) {
        return cases.run(
                "hostile-values",
                named("SQL in values and keys is text")
                        .given("CREATE TABLE items (id text PRIMARY KEY, v text, d jsonb, a text[])")
                        .with("delete.enabled", "true")
                        .records(
                                json("v", INJECTION, "d", Map.of(INJECTION, INJECTION))
                                        .keyText(INJECTION),
                                tombstone().keyText(INJECTION + INJECTION))
                        .rows(row(INJECTION, INJECTION, "{\"" + INJECTION + "\": \"" + INJECTION + "\"}", null)),
                named("SQL in a text that is cast is no SQL")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v inet)")
                        .records(json("id", 1, "v", INJECTION))
                        .fails("column \"v\"", "SQLSTATE 22P02"),
                named("what COPY takes for its own is text")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v text)")
                        .records(json("id", 1, "v", "\\."), json("id", 2, "v", "\\N"), json("id", 3, "v", "\t\r\n\b\\"))
                        .rows(row(1, "\\."), row(2, "\\N"), row(3, "\t\r\n\b\\")),
                named("a text of ten mebibytes")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v text)")
                        .records(json("id", 1, "v", TEN_MEBIBYTES), json("id", 2, "v", "x"))
                        .expect(
                                "SELECT id, length(v) FROM items ORDER BY id",
                                row(1, TEN_MEBIBYTES.length()),
                                row(2, 1)),
                named("a text of a mebibyte that is too long is not in the message")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v varchar(5))")
                        .records(json("id", 1, "v", MEBIBYTE))
                        .fails("column \"v\"", "SQLSTATE 22001"),
                named("a key of a mebibyte is too large for an index")
                        .given("CREATE TABLE items (id text PRIMARY KEY, v int)")
                        .records(json("v", 1).keyText(MEBIBYTE))
                        .fails("\"items\"", "SQLSTATE 54000"),
                named("a document nested nine hundred deep")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v jsonb)")
                        .records(jsonText("{\"id\": 1, \"v\": " + "{\"a\":".repeat(900) + "1" + "}".repeat(900) + "}"))
                        .expect("SELECT length(v::text) FROM items", 900 * 7 + 1),
                named("a list nested nine hundred deep into text")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v text)")
                        .records(jsonText("{\"id\": 1, \"v\": " + "[".repeat(900) + "]".repeat(900) + "}"))
                        .expect("SELECT length(v) FROM items", 1800),
                named("two thousand records of two thousand shapes")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v jsonb)")
                        .with("document.column", "v")
                        .records(IntStream.range(0, 2_000)
                                .mapToObj(i -> json("field " + i, i).keyJson(Map.of("id", i)))
                                .toArray(Content[]::new))
                        .expect("SELECT count(*), count(DISTINCT v) FROM items", row(2_000, 2_000)));
    }

    @TestFactory
    Stream<DynamicTest> manyColumns(Cases cases) {
        return cases.run(
                "hostile-columns",
                creating("sixteen hundred columns")
                        .with("pk.mode", "none", "insert.mode", "insert")
                        .records(columns(1_600), columns(1_600))
                        .expect("SELECT count(*) FROM items", 2)
                        .expect("SELECT count(*) FROM information_schema.columns WHERE table_name = 'items'", 1_600),
                creating("one column more than PostgreSQL has")
                        .with("pk.mode", "none", "insert.mode", "insert")
                        .records(columns(1_601))
                        .fails("\"items\"", "1600 columns", "SQLSTATE 54011"),
                creating("a column more is added to sixteen hundred")
                        .with("pk.mode", "none", "insert.mode", "insert", "auto.evolve", "true")
                        .records(columns(1_600), columns(1_601))
                        .fails("\"items\"", "1600 columns", "SQLSTATE 54011"),
                creating("a row larger than a page")
                        .with("pk.mode", "none", "insert.mode", "insert")
                        .records(struct(IntStream.range(0, 1_500)
                                .boxed()
                                .flatMap(i -> Stream.of("c" + i, (Object) (long) i))
                                .toArray()))
                        .fails("\"items\"", "SQLSTATE 54000"));
    }

    private static Content columns(int count) {
        return struct(IntStream.range(0, count)
                .boxed()
                .flatMap(i -> Stream.of("c" + i, (Object) (i % 2 == 0)))
                .toArray());
    }

    private static Case creating(String name) {
        return named(name).with("auto.create", "true");
    }
}
