package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.struct;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names of tables that are made of parts of topics and records, and how names are spelled. */
@ExtendWith(CasesExtension.class)
final class PlaceholdersIT {
    private static final String GOODS = "CREATE TABLE goods (id int PRIMARY KEY, item text)";

    @TestFactory
    Stream<DynamicTest> placeholders(Cases cases) {
        return cases.run(
                "placeholders",
                named("a part of a topic, counted from the end")
                        .given(GOODS)
                        .with("table.name.format", "${topic.-1}")
                        .from("shop.eu.goods", json("id", 1))
                        .expect("SELECT * FROM goods", row(1, null)),
                named("parts of a topic, counted from the start")
                        .given("CREATE SCHEMA eu", "CREATE TABLE eu.shop_goods (id int PRIMARY KEY)")
                        .with("table.name.format", "${topic.2}.${topic.1}_${topic.-1}")
                        .from("shop.eu.goods", json("id", 1))
                        .expect("SELECT * FROM eu.shop_goods", 1),
                named("a part that the topic has not")
                        .with("table.name.format", "${topic.-4}")
                        .from("shop.eu.goods", json("id", 1, "item", SECRET))
                        .fails("${topic.-4}", "table.name.format"),
                named("a field of the value")
                        .given(GOODS, "CREATE TABLE tools (id int PRIMARY KEY, kind text)")
                        .given("ALTER TABLE goods RENAME item TO kind")
                        .with("table.name.format", "${field.kind}")
                        .records(json("id", 1, "kind", "goods"), json("id", 2, "kind", "tools"))
                        .expect("SELECT * FROM goods", row(1, "goods"))
                        .expect("SELECT * FROM tools", row(2, "tools")),
                named("a field that a record has not")
                        .given(GOODS)
                        .with("table.name.format", "${field.kind}")
                        .records(json("id", 1, "item", SECRET))
                        .fails("${field.kind}", "table.name.format"),
                named("a header")
                        .given(GOODS, "CREATE TABLE tools (id int PRIMARY KEY, item text)")
                        .with("table.name.format", "${header.kind}")
                        .records(
                                json("id", 1, "item", "pen").header("kind", "goods"),
                                json("id", 2, "item", "saw").header("kind", "tools"))
                        .expect("SELECT * FROM goods", row(1, "pen"))
                        .expect("SELECT * FROM tools", row(2, "saw")),
                named("a header that a record has not")
                        .given(GOODS)
                        .with("table.name.format", "${header.kind}")
                        .records(json("id", 1, "item", SECRET))
                        .fails("${header.kind}", "table.name.format"),
                named("what a flattened change event says of its source")
                        .given("CREATE SCHEMA shop", "CREATE TABLE shop.goods (id int PRIMARY KEY)")
                        .with("table.name.format", "${source.schema}.${source.table}")
                        .with("fields.blacklist", "__schema,__table")
                        .records(json("id", 1, "__schema", "shop", "__table", "goods"))
                        .expect("SELECT * FROM shop.goods", 1),
                named("SQL in a field is a name and nothing else")
                        .given("CREATE TABLE items (id int)")
                        .with("table.name.format", "${field.kind}", "auto.create", "true")
                        .records(struct("kind", "x\"; DROP TABLE items; --").keyStruct("id", 1))
                        .expect("SELECT id FROM \"x\"\"; DROP TABLE items; --\"", 1)
                        .expect("SELECT count(*) FROM items", 0),
                named("an unknown placeholder is refused")
                        .with("table.name.format", "${tpoic}")
                        .isRefused("table.name.format", "${tpoic}"));
    }

    @TestFactory
    Stream<DynamicTest> spelling(Cases cases) {
        return cases.run(
                "spelling",
                named("characters that came from a topic are normalised")
                        .given("CREATE TABLE \"t-Shop_EU_goods_1\" (id int PRIMARY KEY)")
                        .with("table.name.format", "t-${topic}", "table.name.normalize", "true")
                        .from("Shop.EU-goods.1", json("id", 1))
                        .expect("SELECT * FROM \"t-Shop_EU_goods_1\"", 1),
                named("the dot of the format stays when the topic is normalised")
                        .given("CREATE SCHEMA app", "CREATE TABLE app.shop_goods (id int PRIMARY KEY)")
                        .with("table.name.format", "app.${topic}", "table.name.normalize", "true")
                        .from("shop.goods", json("id", 1))
                        .expect("SELECT * FROM app.shop_goods", 1),
                named("names that are not quoted are lower case")
                        .with("quote.sql.identifiers", "NEVER", "auto.create", "true")
                        .from("Items", struct("Unit Price", 5, "Note", "x").keyStruct("ID", 1))
                        .expect("SELECT id, \"unit price\", note FROM items", row(1, 5, "x")),
                named("names that are not quoted find tables that are lower case")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .with("quote.sql.identifiers", "never")
                        .from("ITEMS", json("Id", 1, "ITEM", "pen"), json("Id", 1, "ITEM", "ink"))
                        .rows(row(1, "ink")),
                named("names that are not quoted are safe when they are reserved")
                        .with("quote.sql.identifiers", "NEVER", "auto.create", "true")
                        .from("Order", struct("Select", 5).keyStruct("User", 1))
                        .expect("SELECT \"user\", \"select\" FROM \"order\"", row(1, 5)),
                named("names that are not quoted hold no SQL")
                        .given("CREATE TABLE goods (id int)")
                        .with("quote.sql.identifiers", "NEVER", "auto.create", "true")
                        .records(struct("x); DROP TABLE goods; --", 5).keyStruct("id", 1))
                        .expect("SELECT \"x); drop table goods; --\" FROM items", 5)
                        .expect("SELECT count(*) FROM goods", 0),
                named("quoting is known by its other names")
                        .given("CREATE TABLE items (id int PRIMARY KEY)")
                        .with("sql.quote.identifiers", "false")
                        .from("ITEMS", json("ID", 1))
                        .rows(1),
                named("quoting is known by its third name")
                        .given("CREATE TABLE items (id int PRIMARY KEY)")
                        .with("quote.identifiers", "false")
                        .from("ITEMS", json("ID", 1))
                        .rows(1),
                named("fields that differ only in case are one column when names are not quoted")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .with("quote.sql.identifiers", "NEVER")
                        .records(json("id", 1, "item", SECRET, "ITEM", SECRET))
                        .fails("\"item\""));
    }
}
