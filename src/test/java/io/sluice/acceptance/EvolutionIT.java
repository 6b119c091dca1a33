package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.jsonText;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Values.typed;

import java.math.BigDecimal;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables that are created and changed as records come. */
@ExtendWith(CasesExtension.class)
final class EvolutionIT {
    private static final String COLUMNS = """
            SELECT attname, format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
            FROM pg_attribute WHERE attrelid = 'items'::regclass AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum""";

    @TestFactory
    Stream<DynamicTest> create(Cases cases) {
        return cases.run(
                "create",
                creating("a table gets the record key first, and then the value's fields in their order")
                        .records(struct("zebra", 1, "apple", "x").keyStruct("shop", "a", "id", 1))
                        .expect(
                                COLUMNS,
                                row("shop", "text NOT NULL"),
                                row("id", "integer NOT NULL"),
                                row("zebra", "integer NOT NULL"),
                                row("apple", "text NOT NULL")),
                creating("integers, fractions and decimals")
                        .records(struct(
                                        "i8",
                                        (byte) 1,
                                        "i16",
                                        (short) 2,
                                        "i32",
                                        3,
                                        "i64",
                                        4L,
                                        "f32",
                                        5.5f,
                                        "f64",
                                        6.5,
                                        "whole",
                                        new BigDecimal("7"),
                                        "price",
                                        new BigDecimal("8.90"))
                                .keyStruct("id", 1))
                        .rows(row(1, 1, 2, 3, 4, 5.5, 6.5, 7, "8.90"))
                        .expect(
                                COLUMNS,
                                row("id", "integer NOT NULL"),
                                row("i8", "smallint NOT NULL"),
                                row("i16", "smallint NOT NULL"),
                                row("i32", "integer NOT NULL"),
                                row("i64", "bigint NOT NULL"),
                                row("f32", "real NOT NULL"),
                                row("f64", "double precision NOT NULL"),
                                row("whole", "numeric NOT NULL"),
                                row("price", "numeric NOT NULL")),
                creating("texts, flags, bytes and times")
                        .records(struct(
                                        "flag",
                                        true,
                                        "text",
                                        "x",
                                        "bytes",
                                        new byte[] {1},
                                        "day",
                                        typed(org.apache.kafka.connect.data.Date.SCHEMA, new Date(0)),
                                        "clock",
                                        typed(Time.SCHEMA, new Date(1)),
                                        "moment",
                                        typed(Timestamp.SCHEMA, new Date(1)))
                                .keyStruct("id", 1))
                        .rows(row(1, true, "x", "\\x01", "1970-01-01", "00:00:00.001", "1970-01-01 00:00:00.001"))
                        .expect(
                                COLUMNS,
                                row("id", "integer NOT NULL"),
                                row("flag", "boolean NOT NULL"),
                                row("text", "text NOT NULL"),
                                row("bytes", "bytea NOT NULL"),
                                row("day", "date NOT NULL"),
                                row("clock", "time without time zone NOT NULL"),
                                row("moment", "timestamp without time zone NOT NULL")),
                creating("maps and Structs become documents")
                        .records(struct(
                                        "map",
                                        typed(
                                                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA)
                                                        .build(),
                                                Map.of("a", 1)),
                                        "inner",
                                        Values.struct("n", 5, "deep", Values.struct("x", "y")))
                                .keyStruct("id", 1))
                        .rows(row(1, "{\"a\": 1}", "{\"n\": 5, \"deep\": {\"x\": \"y\"}}"))
                        .expect(
                                COLUMNS,
                                row("id", "integer NOT NULL"),
                                row("map", "jsonb NOT NULL"),
                                row("inner", "jsonb NOT NULL")),
                creating("optional fields take NULL")
                        .records(struct("note", typed(Schema.OPTIONAL_STRING_SCHEMA, null))
                                .keyStruct("id", 1))
                        .rows(row(1, null))
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("note", "text")),
                creating("JSON has numbers, texts, flags and documents, none of them required")
                        .records(json("n", 1, "t", "x", "b", true, "d", Map.of("a", 1), "l", List.of(1, "x"))
                                .keyJson(Map.of("id", 1)))
                        .expect("SELECT n, t, b, d, l FROM items", row(1, "x", true, "{\"a\": 1}", "[1, \"x\"]"))
                        .expect(
                                COLUMNS,
                                row("id", "bigint NOT NULL"),
                                row("b", "boolean"),
                                row("d", "jsonb"),
                                row("l", "jsonb"),
                                row("n", "numeric"),
                                row("t", "text")),
                creating("a field of which nothing but null is known gets a column when it has a value")
                        .with("auto.evolve", "true")
                        .records(
                                jsonText("{\"a\": null}").keyJson(Map.of("id", 1)),
                                jsonText("{\"a\": 5}").keyJson(Map.of("id", 2)))
                        .rows(row(1, null), row(2, 5)),
                creating("a table is not created from a record that has nothing")
                        .with("pk.mode", "none", "insert.mode", "insert")
                        .records(json("a", null))
                        .fails("no field from which to create it"),
                named("a table that is there already is taken as it is")
                        .given("CREATE TABLE items (id bigint PRIMARY KEY, item varchar(10), extra int DEFAULT 7)")
                        .with("auto.create", "true")
                        .records(struct("item", "pen").keyStruct("id", 1))
                        .rows(row(1, "pen", 7)));
    }

    @TestFactory
    Stream<DynamicTest> evolve(Cases cases) {
        return cases.run(
                "evolve",
                named("a missing column says how to get one")
                        .given("CREATE TABLE items (id int PRIMARY KEY)")
                        .records(json("id", 1), json("id", 2, "item", SECRET))
                        .rows(1)
                        .fails("no column \"item\"", "auto.evolve=true"),
                evolving("missing columns are added")
                        .records(struct("id", 1, "item", "pen"), struct("id", 2, "item", "ink", "price", 5))
                        .rows(row(1, "pen", null), row(2, "ink", 5)),
                evolving("a required field gives a column that takes NULL, as the rows before have none")
                        .records(struct("id", 1, "item", "pen"), struct("id", 2, "item", "ink", "price", 5))
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("item", "text"), row("price", "integer")),
                evolving("a hundred columns are added one by one")
                        .records(IntStream.range(0, 100)
                                .mapToObj(i -> json("id", i, "item", "pen", "c" + i, i))
                                .toArray(Content[]::new))
                        .expect("SELECT count(*), sum(c0), sum(c50), sum(c99) FROM items", row(100, 0, 50, 99)),
                evolving("a column that is no longer sent stays")
                        .records(struct("id", 1, "item", "pen"), struct("id", 1), struct("id", 2))
                        .rows(row(1, "pen"), row(2, null)),
                evolving("two versions of a schema take turns")
                        .records(IntStream.range(0, 50)
                                .mapToObj(i -> i % 2 == 0
                                        ? struct("id", i, "item", "old " + i)
                                        : struct("id", i, "item", "new " + i, "price", i))
                                .toArray(Content[]::new))
                        .expect(
                                "SELECT count(*), count(price), sum(price), min(item), max(item) FROM items",
                                row(50, 25, 625, "new 1", "old 8")),
                named("a type stays as it is without evolve.widen")
                        .given("CREATE TABLE items (id int PRIMARY KEY, amount smallint)")
                        .with("auto.evolve", "true")
                        .records(struct("id", 1, "amount", (short) 1), struct("id", 2, "amount", 70_000))
                        .rows(row(1, 1))
                        .fails("column \"amount\"", "out of the column's range"),
                widening("int2 widens to int4 and to int8", "smallint")
                        .records(
                                struct("id", 1, "v", (short) 1),
                                struct("id", 2, "v", 70_000),
                                struct("id", 3, "v", 5_000_000_000L))
                        .rows(row(1, 1), row(2, 70_000), row(3, 5_000_000_000L))
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("v", "bigint")),
                widening("int4 widens to numeric for decimals", "int")
                        .records(struct("id", 1, "v", 1), struct("id", 2, "v", new BigDecimal("2.50")))
                        .rows(row(1, 1), row(2, "2.50"))
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("v", "numeric")),
                widening("float4 widens to float8", "real")
                        .records(struct("id", 1, "v", 1.5f), struct("id", 2, "v", 1.1))
                        .rows(row(1, 1.5), row(2, 1.1))
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("v", "double precision")),
                widening("numbers widen to text", "int")
                        .records(struct("id", 1, "v", 1), struct("id", 2, "v", "two"))
                        .rows(row(1, 1), row(2, "two"))
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("v", "text")),
                widening("a column that is wide enough stays", "bigint")
                        .records(struct("id", 1, "v", (short) 1), struct("id", 2, "v", 2))
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("v", "bigint")),
                named("widening is a part of evolving")
                        .with("evolve.widen", "true")
                        .isRefused("evolve.widen", "auto.evolve"));
    }

    private static Case creating(String name) {
        return named(name).with("auto.create", "true");
    }

    private static Case evolving(String name) {
        return named(name)
                .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                .with("auto.evolve", "true");
    }

    private static Case widening(String name, String type) {
        return named(name)
                .given("CREATE TABLE items (id int PRIMARY KEY, v " + type + ")")
                .with("auto.evolve", "true", "evolve.widen", "true");
    }
}
