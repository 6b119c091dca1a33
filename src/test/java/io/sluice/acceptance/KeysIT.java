package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.jsonText;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Content.tombstone;
import static io.sluice.acceptance.Values.typed;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the key of a row comes from. */
@ExtendWith(CasesExtension.class)
final class KeysIT {
    private static final String ITEMS = "CREATE TABLE items (id int PRIMARY KEY, item text)";
    private static final String PRIMARY_KEY = """
            SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, position)
            JOIN pg_attribute a ON a.attrelid = 'items'::regclass AND a.attnum = k.attnum
            WHERE i.indrelid = 'items'::regclass AND i.indisprimary ORDER BY k.position""";

    @TestFactory
    Stream<DynamicTest> auto(Cases cases) {
        return cases.run(
                "auto",
                named("auto takes the primary key from the value")
                        .given("CREATE TABLE items (id bigint PRIMARY KEY, item text, price numeric)")
                        .records(
                                json("id", 1, "item", "pen", "price", 2.5),
                                json("id", 2, "item", "ink", "price", 10),
                                json("id", 9_007_199_254_740_993L, "item", "größer als ein double"))
                        .rows(
                                row(1, "pen", "2.5"),
                                row(2, "ink", "10"),
                                row(9_007_199_254_740_993L, "größer als ein double", null)),
                named("auto takes the primary key from the record key where the value has none")
                        .given(ITEMS)
                        .records(json("item", "pen").keyJson(Map.of("id", 1)))
                        .rows(row(1, "pen")),
                named("auto prefers the value's field to the record key's")
                        .given(ITEMS)
                        .records(json("id", 2, "item", "pen").keyJson(Map.of("id", 1)))
                        .rows(row(2, "pen")),
                named("auto takes one part of the primary key from the value and one from the record key")
                        .given("CREATE TABLE items (shop text, id int, item text, PRIMARY KEY (shop, id))")
                        .records(
                                json("shop", "a", "item", "pen").keyJson(Map.of("id", 1)),
                                json("shop", "b", "item", "ink").keyJson(Map.of("id", 1)),
                                json("shop", "a", "item", "paper").keyJson(Map.of("id", 1)))
                        .rows(row("a", 1, "paper"), row("b", 1, "ink")),
                named("auto takes a primitive record key for the one column of the primary key")
                        .given("CREATE TABLE items (code text PRIMARY KEY, item text)")
                        .with("delete.enabled", "true")
                        .records(
                                json("item", "pen").keyText("a"),
                                json("item", "ink").keyText("b"),
                                tombstone().keyText("a"))
                        .rows(row("b", "ink")),
                named("auto takes no primitive record key for a primary key of two columns")
                        .given("CREATE TABLE items (shop text, id text, item text, PRIMARY KEY (shop, id))")
                        .records(json("item", SECRET, "id", "1").keyText("a"))
                        .fails("field \"shop\"", "primary key"),
                named("auto needs every column of the primary key")
                        .given(ITEMS)
                        .records(json("id", 1), json("item", SECRET))
                        .fails("field \"id\"", "primary key", "pk.fields"),
                named("auto needs a primary key for an upsert")
                        .given("CREATE TABLE items (id int, item text)")
                        .records(json("id", 1, "item", SECRET))
                        .fails("no primary key", "pk.mode", "insert.mode=insert"),
                named("auto needs no primary key for an insert")
                        .given("CREATE TABLE items (id int, item text)")
                        .with("insert.mode", "insert")
                        .records(json("id", 1, "item", "pen"), json("id", 1, "item", "pen"))
                        .rows(row(1, "pen"), row(1, "pen")),
                named("auto gives a table that it creates the record key")
                        .with("auto.create", "true")
                        .records(struct("item", "pen").keyStruct("id", 7, "shop", "a"))
                        .rows(row(7, "a", "pen"))
                        .expect(PRIMARY_KEY, "id", "shop"),
                named("auto creates no table for a primitive record key that has no name")
                        .with("auto.create", "true")
                        .records(json("item", SECRET).keyText("a"))
                        .fails("one value without fields", "pk.fields"),
                named("auto gives a primitive record key the name that pk.fields has for it")
                        .with("auto.create", "true", "pk.fields", "code")
                        .records(
                                json("item", "pen").keyText("a"),
                                json("item", "ink").keyText("a"))
                        .rows(row("a", "ink"))
                        .expect(PRIMARY_KEY, "code"),
                named("auto finds key columns whose names have capitals and blanks")
                        .given("CREATE TABLE items (\"Item No\" int PRIMARY KEY, item text)")
                        .records(json("Item No", 1, "item", "pen"), json("Item No", 1, "item", "ink"))
                        .rows(row(1, "ink")));
    }

    @TestFactory
    Stream<DynamicTest> noneAndKafka(Cases cases) {
        return cases.run(
                "none-and-kafka",
                named("none writes every record as a row of its own")
                        .given("CREATE TABLE items (id int, item text)")
                        .with("pk.mode", "none", "insert.mode", "insert")
                        .records(
                                json("id", 1, "item", "pen").keyText("k"),
                                json("id", 1, "item", "pen").keyText("k"))
                        .rows(row(1, "pen"), row(1, "pen")),
                named("none creates a table without a key")
                        .with("pk.mode", "none", "insert.mode", "insert", "auto.create", "true")
                        .records(struct("id", 1).keyStruct("id", 1))
                        .rows(row(1))
                        .expect(PRIMARY_KEY),
                named("none ignores the record key's fields")
                        .given(ITEMS)
                        .with("pk.mode", "none", "insert.mode", "insert")
                        .records(json("id", 1).keyJson(Map.of("item", "from the key")))
                        .rows(row(1, null)),
                named("none gives an upsert no key")
                        .with("pk.mode", "none", "insert.mode", "upsert")
                        .isRefused("pk.mode", "insert.mode"),
                named("none gives an update no key")
                        .with("pk.mode", "none", "insert.mode", "update")
                        .isRefused("pk.mode", "insert.mode"),
                named("kafka makes columns of topic, partition and offset")
                        .with("pk.mode", "kafka", "auto.create", "true")
                        .records(struct("item", "pen"), struct("item", "ink"))
                        .expect(
                                "SELECT __connect_partition, __connect_offset, item FROM items ORDER BY 2",
                                row(0, 0, "pen"),
                                row(0, 1, "ink"))
                        .expect(PRIMARY_KEY, "__connect_topic", "__connect_partition", "__connect_offset"),
                named("kafka takes the names that pk.fields has")
                        .with("pk.mode", "kafka", "pk.fields", "t,p,o", "auto.create", "true")
                        .records(struct("item", "pen"))
                        .expect("SELECT p, o, item FROM items", row(0, 0, "pen"))
                        .expect(PRIMARY_KEY, "t", "p", "o"),
                named("kafka keeps the names of original topics, so that transformed ones cannot collide")
                        .with("pk.mode", "kafka", "auto.create", "true")
                        .from("one", struct("item", "pen"))
                        .from("two", struct("item", "ink"))
                        .with("table.name.format", "items")
                        .expect(
                                "SELECT split_part(__connect_topic, '-', 2), item FROM items ORDER BY 1",
                                row("one", "pen"),
                                row("two", "ink")),
                named("kafka takes three names and not two")
                        .with("pk.mode", "kafka", "pk.fields", "t,p")
                        .isRefused("pk.fields", "three"));
    }

    @TestFactory
    Stream<DynamicTest> recordKey(Cases cases) {
        return cases.run(
                "record-key",
                named("record_key takes a text")
                        .given("CREATE TABLE items (code text PRIMARY KEY, item text)")
                        .with("pk.mode", "record_key", "pk.fields", "code")
                        .records(
                                json("item", "pen").keyText("a"),
                                json("item", "ink").keyText("a"))
                        .rows(row("a", "ink")),
                named("record_key takes a number")
                        .given(ITEMS)
                        .with("pk.mode", "record_key", "pk.fields", "id")
                        .records(json("item", "pen").keyJson(5))
                        .rows(row(5, "pen")),
                named("record_key takes a number with a schema, and makes the column of its type")
                        .with("pk.mode", "record_key", "pk.fields", "id", "auto.create", "true")
                        .records(struct("item", "pen").key(Schema.INT16_SCHEMA, (short) 5))
                        .rows(row(5, "pen"))
                        .expect("SELECT pg_typeof(id) FROM items", "smallint"),
                named("record_key needs a name for a primitive")
                        .given(ITEMS)
                        .with("pk.mode", "record_key")
                        .records(json("item", SECRET).keyJson(5))
                        .fails("one value without fields", "pk.fields"),
                named("record_key takes one name for a primitive, not two")
                        .given(ITEMS)
                        .with("pk.mode", "record_key", "pk.fields", "id,code")
                        .records(json("item", SECRET).keyJson(5))
                        .fails("one value without fields", "pk.fields"),
                named("record_key takes all fields of a Struct")
                        .with("pk.mode", "record_key", "auto.create", "true")
                        .records(struct("item", "pen").keyStruct("shop", "a", "id", 1))
                        .rows(row("a", 1, "pen"))
                        .expect(PRIMARY_KEY, "shop", "id"),
                named("record_key takes the fields of a Struct that pk.fields names, and leaves the others out")
                        .with("pk.mode", "record_key", "pk.fields", "id", "auto.create", "true")
                        .records(struct("item", "pen").keyStruct("shop", "a", "id", 1))
                        .rows(row(1, "pen"))
                        .expect(PRIMARY_KEY, "id"),
                named("record_key takes the fields of a JSON object")
                        .given(ITEMS)
                        .with("pk.mode", "record_key")
                        .records(json("item", "pen").keyJson(Map.of("id", 1)))
                        .rows(row(1, "pen")),
                named("record_key prefers the key's field to the value's")
                        .given(ITEMS)
                        .with("pk.mode", "record_key")
                        .records(json("id", 2, "item", "pen").keyJson(Map.of("id", 1)))
                        .rows(row(1, "pen")),
                named("record_key needs a key")
                        .given("CREATE TABLE items (id text PRIMARY KEY, item text)")
                        .with("pk.mode", "record_key", "pk.fields", "id")
                        .records(json("item", "pen").keyText("a"), json("item", SECRET))
                        .rows(row("a", "pen"))
                        .fails("the record has no key", "pk.mode record_value"),
                named("record_key names the field of pk.fields that the key has not")
                        .given(ITEMS)
                        .with("pk.mode", "record_key", "pk.fields", "idd")
                        .records(json("item", SECRET).keyJson(Map.of("id", 1)))
                        .fails("key has no field \"idd\"", "Correct pk.fields"),
                named("record_key refuses a null in the key")
                        .given(ITEMS)
                        .with("pk.mode", "record_key")
                        .records(struct("item", SECRET).keyStruct("id", typed(Schema.OPTIONAL_INT32_SCHEMA, null)))
                        .fails("column \"id\"", "part of the key"),
                named("record_key needs a unique constraint on the key's columns")
                        .given("CREATE TABLE items (id int, item text)")
                        .with("pk.mode", "record_key")
                        .records(json("item", SECRET).keyJson(Map.of("id", 1)))
                        .fails("\"items\"", "unique constraint on [id]", "Add a unique constraint"));
    }

    @TestFactory
    Stream<DynamicTest> recordValueAndHeaders(Cases cases) {
        return cases.run(
                "record-value-and-headers",
                named("record_value takes the fields that pk.fields names")
                        .with("pk.mode", "record_value", "pk.fields", "id", "auto.create", "true")
                        .records(struct("id", 1, "item", "pen"), struct("id", 1, "item", "ink"))
                        .rows(row(1, "ink"))
                        .expect(PRIMARY_KEY, "id"),
                named("record_value takes all fields when pk.fields is empty")
                        .with("pk.mode", "record_value", "auto.create", "true")
                        .records(struct("id", 1, "item", "pen"), struct("id", 1, "item", "pen"))
                        .rows(row(1, "pen"))
                        .expect(PRIMARY_KEY, "id", "item"),
                named("record_value takes a unique constraint that is not the primary key")
                        .given("CREATE TABLE items (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY, code text UNIQUE)")
                        .with("pk.mode", "record_value", "pk.fields", "code")
                        .records(json("code", "a"), json("code", "b"), json("code", "a"))
                        .expect("SELECT code FROM items ORDER BY code", "a", "b"),
                named("record_value names the field of pk.fields that the value has not")
                        .given(ITEMS)
                        .with("pk.mode", "record_value", "pk.fields", "id")
                        .records(json("id", 1), json("item", SECRET))
                        .fails("value has no field \"id\"", "Correct pk.fields"),
                named("record_value refuses a null in the key")
                        .given(ITEMS)
                        .with("pk.mode", "record_value", "pk.fields", "id")
                        .records(jsonText("{\"id\": null, \"item\": \"" + SECRET + "\"}"))
                        .fails("column \"id\"", "part of the key"),
                named("record_value takes a key of several types that PostgreSQL compares in its own ways")
                        .given("CREATE TABLE items (n numeric, c char(3), item text, PRIMARY KEY (n, c))")
                        .with("pk.mode", "record_value", "pk.fields", "n,c")
                        .records(
                                json("n", "1.0", "c", "a", "item", "pen"), json("n", "1.00", "c", "a  ", "item", "ink"))
                        .rows(row("1", "a  ", "ink")),
                named("record_header takes the headers that pk.fields names")
                        .given("CREATE TABLE items (shop text, id int, item text, PRIMARY KEY (shop, id))")
                        .with("pk.mode", "record_header", "pk.fields", "shop,id")
                        .records(
                                json("item", "pen")
                                        .header("shop", "a")
                                        .header("id", "1")
                                        .header("trace", "x"),
                                json("item", "ink").header("shop", "a").header("id", "1"))
                        .rows(row("a", 1, "ink")),
                named("record_header takes all headers when pk.fields is empty")
                        .given("CREATE TABLE items (shop text, id int, item text, PRIMARY KEY (shop, id))")
                        .with("pk.mode", "record_header")
                        .records(json("item", "pen").header("shop", "a").header("id", "1"))
                        .rows(row("a", 1, "pen")),
                named("record_header names the header that is missing")
                        .given(ITEMS)
                        .with("pk.mode", "record_header", "pk.fields", "id")
                        .records(json("item", SECRET).header("trace", "x"))
                        .fails("no header \"id\"", "pk.fields"),
                named("record_header needs headers")
                        .given(ITEMS)
                        .with("pk.mode", "record_header")
                        .records(json("item", SECRET))
                        .fails("no headers", "pk.mode"));
    }
}
