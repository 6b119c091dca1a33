package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Content.text;
import static io.sluice.acceptance.Content.tombstone;
import static io.sluice.acceptance.Content.value;
import static io.sluice.acceptance.Values.typed;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which fields become which columns, and values that are one column as a whole. */
@ExtendWith(CasesExtension.class)
final class FieldsIT {
    private static final String COLUMNS = """
            SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute
            WHERE attrelid = 'items'::regclass AND attnum > 0""";
    private static final SchemaAndValue LIST =
            typed(SchemaBuilder.array(Schema.INT32_SCHEMA).build(), List.of(1, 2));
    private static final Content PEN =
            struct("id", 1, "item", "pen", "price", 5, "note", "x").keyStruct("id", 1);

    @TestFactory
    Stream<DynamicTest> selection(Cases cases) {
        return cases.run(
                "selection",
                creating("only the fields of the whitelist become columns, and the key")
                        .with("fields.whitelist", "item,price")
                        .records(PEN)
                        .rows(row(1, "pen", 5))
                        .expect(COLUMNS, "id,item,price"),
                creating("the fields of the blacklist become no columns")
                        .with("fields.blacklist", "note,price")
                        .records(PEN)
                        .rows(row(1, "pen"))
                        .expect(COLUMNS, "id,item"),
                creating("a whitelist and a blacklist are for different topics")
                        .with("fields.whitelist", "items:item", "fields.blacklist", "lines:item,lines:note")
                        .records(PEN)
                        .from("lines", PEN)
                        .rows(row(1, "pen"))
                        .expect("SELECT * FROM lines", row(1, 5)),
                creating("a whitelist and a blacklist for one topic are refused")
                        .with("fields.whitelist", "item,price", "fields.blacklist", "price")
                        .isRefused("fields.blacklist", "Use one of the two"),
                creating("a field of the key need not be in the whitelist")
                        .with("pk.mode", "record_value", "pk.fields", "id", "fields.whitelist", "item")
                        .records(PEN)
                        .rows(row(1, "pen")),
                creating("a field of the key stays although it is in the blacklist")
                        .with("pk.mode", "record_value", "pk.fields", "id", "fields.blacklist", "id,note,price")
                        .records(PEN)
                        .rows(row(1, "pen")),
                named("a field of a primary key in auto mode is never left out")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .with("fields.whitelist", "item")
                        .records(json("id", 1, "item", "pen", "price", 5))
                        .rows(row(1, "pen")),
                named("a field that no column is for is left out, and nothing fails")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .with("fields.blacklist", "secret")
                        .records(json("id", 1, "item", "pen", "secret", SECRET))
                        .rows(row(1, "pen")),
                creating("rules of one topic do not touch another")
                        .with("fields.whitelist", "items:item,lines:price")
                        .records(PEN)
                        .from("lines", PEN)
                        .rows(row(1, "pen"))
                        .expect("SELECT * FROM lines", row(1, 5)),
                creating("rules of a topic add to those of all topics")
                        .with("fields.blacklist", "note,items:price")
                        .records(PEN)
                        .from("lines", PEN)
                        .rows(row(1, "pen"))
                        .expect("SELECT * FROM lines", row(1, "pen", 5)),
                creating("names in lists are names and not patterns")
                        .with("fields.whitelist", "item,pri.*")
                        .records(PEN)
                        .rows(row(1, "pen")),
                creating("the whitelist is known by its other name")
                        .with("field.include.list", "item")
                        .records(PEN)
                        .rows(row(1, "pen")),
                creating("the blacklist is known by its other name")
                        .with("field.exclude.list", "items:price,note")
                        .records(PEN)
                        .rows(row(1, "pen")));
    }

    @TestFactory
    Stream<DynamicTest> names(Cases cases) {
        return cases.run(
                "names",
                creating("a field is renamed")
                        .with("fields.rename", "item:product")
                        .records(PEN)
                        .expect("SELECT id, product, price FROM items", row(1, "pen", 5)),
                creating("a field is renamed for one topic")
                        .with("fields.rename", "items:item:product,item:thing")
                        .records(PEN)
                        .from("lines", PEN)
                        .expect("SELECT product FROM items", "pen")
                        .expect("SELECT thing FROM lines", "pen"),
                creating("a field of the key is renamed, for deletes as well")
                        .with("pk.mode", "record_key", "fields.rename", "id:item_id", "delete.enabled", "true")
                        .records(
                                struct("item", "pen").keyStruct("id", 1),
                                struct("item", "ink").keyStruct("id", 2),
                                tombstone().keyStruct("id", 1))
                        .expect("SELECT item_id, item FROM items", row(2, "ink")),
                creating("two fields change their names with one another")
                        .with("fields.rename", "item:note,note:item")
                        .records(PEN)
                        .expect("SELECT item, note FROM items", row("x", "pen")),
                creating("a new name may hold anything")
                        .with("fields.rename", "item:\"; DROP TABLE items; --")
                        .records(PEN)
                        .expect("SELECT \"\"\"; DROP TABLE items; --\" FROM items", "pen"),
                creating("a field is selected by its own name, not by the new one")
                        .with("fields.whitelist", "item", "fields.rename", "item:product")
                        .records(PEN)
                        .expect("SELECT product FROM items", "pen"),
                named("two fields that would go into one column fail")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .with("fields.rename", "note:item")
                        .records(json("id", 1, "item", SECRET, "note", SECRET))
                        .fails("\"item\""),
                named("a malformed rename is refused")
                        .with("fields.rename", "item")
                        .isRefused("fields.rename", "old:new"));
    }

    @TestFactory
    Stream<DynamicTest> wholes(Cases cases) {
        return cases.run(
                "wholes",
                creating("a document goes into one column beside the key")
                        .with("document.column", "doc")
                        .records(json("item", "pen", "tags", List.of(1, "x")).keyJson(Map.of("id", 1)))
                        .rows(row(1, "{\"item\": \"pen\", \"tags\": [1, \"x\"]}")),
                creating("a Struct is a document too")
                        .with("document.column", "doc")
                        .records(PEN)
                        .rows(row(1, "{\"id\": 1, \"item\": \"pen\", \"note\": \"x\", \"price\": 5}")),
                creating("a document has its key in its fields")
                        .with("document.column", "doc", "pk.mode", "record_value", "pk.fields", "id")
                        .records(PEN)
                        .expect("SELECT id, doc ->> 'item' FROM items", row(1, "pen")),
                named("a document needs no other column, whatever its fields are")
                        .given("CREATE TABLE items (id int PRIMARY KEY, doc jsonb)")
                        .with("document.column", "doc", "delete.enabled", "true")
                        .records(
                                json("a", 1).keyJson(Map.of("id", 1)),
                                json("b", "x", "c", Map.of()).keyJson(Map.of("id", 1)),
                                json("d", null).keyJson(Map.of("id", 2)),
                                tombstone().keyJson(Map.of("id", 2)))
                        .rows(row(1, "{\"b\": \"x\", \"c\": {}}")),
                named("documents without a key are added up")
                        .given("CREATE TABLE items (id serial, doc jsonb)")
                        .with("document.column", "doc", "pk.mode", "none", "insert.mode", "insert")
                        .records(json("a", 1), json("a", 1))
                        .rows(row(1, "{\"a\": 1}"), row(2, "{\"a\": 1}")),
                creating("a text is the value of one column")
                        .with("pk.mode", "record_key", "pk.fields", "id")
                        .records(text("pen").keyText("a"), text("").keyText("b"))
                        .expect("SELECT id, record_value FROM items ORDER BY id", row("a", "pen"), row("b", "")),
                creating("a text has the column that string.output.value.column.name names")
                        .with("pk.mode", "record_key", "pk.fields", "id", "string.output.value.column.name", "line")
                        .records(text("pen").keyText("a"))
                        .expect("SELECT id, line FROM items", row("a", "pen")),
                named("a text that is JSON goes into a jsonb column")
                        .given("CREATE TABLE items (id text PRIMARY KEY, record_value jsonb)")
                        .records(text("{\"a\":1}").keyText("a"))
                        .rows(row("a", "{\"a\": 1}")),
                named("a text that is no JSON goes into no jsonb column")
                        .given("CREATE TABLE items (id text PRIMARY KEY, record_value jsonb)")
                        .records(text("{\"a\":" + SECRET).keyText("a"))
                        .fails("column \"record_value\""),
                creating("a number is the value of one column")
                        .with("pk.mode", "record_key", "pk.fields", "id")
                        .records(value(typed(Schema.INT64_SCHEMA, 5L)).keyText("a"))
                        .expect("SELECT id, record_value, pg_typeof(record_value) FROM items", row("a", 5, "bigint")),
                creating("a list is a document")
                        .with("pk.mode", "record_key", "pk.fields", "id", "document.column", "doc")
                        .records(value(LIST).keyText("a"))
                        .rows(row("a", "[1, 2]")),
                named("a list has no fields and is no plain value")
                        .given("CREATE TABLE items (id text PRIMARY KEY, record_value jsonb)")
                        .records(value(LIST).keyText("a"))
                        .fails("value is a list, not a Struct or a map", "document.column"));
    }

    private static Case creating(String name) {
        return named(name).with("auto.create", "true");
    }
}
