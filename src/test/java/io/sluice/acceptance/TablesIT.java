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

/** Which table a record goes to. */
@ExtendWith(CasesExtension.class)
final class TablesIT {
    private static final String ITEMS = "CREATE TABLE items (id int PRIMARY KEY, item text)";
    private static final String NEITHER_QUOTES_NOR_KEY = "(id int, item text)";

    @TestFactory
    Stream<DynamicTest> topics(Cases cases) {
        return cases.run(
                "topics",
                named("a topic goes to the table of its name")
                        .given("CREATE TABLE \"Shop-Items\" (id int PRIMARY KEY)")
                        .from("Shop-Items", json("id", 1))
                        .expect("SELECT * FROM \"Shop-Items\"", 1),
                named("a dot separates schema and table")
                        .given("CREATE SCHEMA shop", "CREATE TABLE shop.items (id int PRIMARY KEY)")
                        .from("shop.items", json("id", 1))
                        .expect("SELECT * FROM shop.items", 1),
                named("the dots of a topic become underscores where there are too many")
                        .given("CREATE TABLE shop_eu_items (id int PRIMARY KEY)")
                        .from("shop.eu.items", json("id", 1))
                        .expect("SELECT * FROM shop_eu_items", 1),
                named("the dots of a topic become underscores after a schema")
                        .given("CREATE SCHEMA app", "CREATE TABLE app.shop_items (id int PRIMARY KEY)")
                        .with("table.name.format", "app.${topic}")
                        .from("shop.items", json("id", 1))
                        .expect("SELECT * FROM app.shop_items", 1),
                named("double quotes keep the dots of a topic")
                        .given("CREATE TABLE \"shop.items\" (id int PRIMARY KEY)")
                        .with("table.name.format", "\"${topic}\"")
                        .from("shop.items", json("id", 1))
                        .expect("SELECT * FROM \"shop.items\"", 1),
                named("a schema and double quotes")
                        .given("CREATE SCHEMA app", "CREATE TABLE app.\"shop.items\" (id int PRIMARY KEY)")
                        .with("table.name.format", "app.\"${topic}\"")
                        .from("shop.items", json("id", 1))
                        .expect("SELECT * FROM app.\"shop.items\"", 1),
                named("two topics go to one table")
                        .given(ITEMS)
                        .with("table.name.format", "items")
                        .from("one", json("id", 1, "item", "pen"))
                        .from("two", json("id", 2, "item", "ink"))
                        .rows(row(1, "pen"), row(2, "ink")),
                named("a prefix and a suffix stand around the topic")
                        .given("CREATE TABLE copy_items_v2 (id int PRIMARY KEY)")
                        .with("table.name.format", "copy_${topic}_v2")
                        .records(json("id", 1))
                        .expect("SELECT * FROM copy_items_v2", 1),
                named("the old name of the format is known")
                        .given("CREATE TABLE copy_items (id int PRIMARY KEY)")
                        .with("collection.name.format", "copy_${topic}")
                        .records(json("id", 1))
                        .expect("SELECT * FROM copy_items", 1),
                named("the mapping wins over the format, which the other topics keep")
                        .given(
                                "CREATE SCHEMA shop",
                                "CREATE TABLE shop.things (id int PRIMARY KEY)",
                                "CREATE TABLE copy_others (id int PRIMARY KEY)")
                        .with("table.name.format", "copy_${topic}", "topics.to.tables.mapping", "items:shop.things")
                        .records(json("id", 1))
                        .from("others", json("id", 2))
                        .expect("SELECT * FROM shop.things", 1)
                        .expect("SELECT * FROM copy_others", 2));
    }

    @TestFactory
    Stream<DynamicTest> lookUp(Cases cases) {
        return cases.run(
                "look-up",
                named("a missing table says how to get one")
                        .records(json("id", 1, "item", SECRET))
                        .fails("\"items\"", "does not exist", "auto.create=true"),
                named("an underscore is no wildcard")
                        .given("CREATE TABLE \"my%tab\" (id int)", "CREATE TABLE myxtab (id int, x text, y text)")
                        .with("auto.create", "true")
                        .from("my_tab", struct("item", "pen").keyStruct("id", 1))
                        .expect("SELECT * FROM my_tab", row(1, "pen"))
                        .expect("SELECT count(*) FROM myxtab", 0),
                named("names that differ only in case are two tables")
                        .given(ITEMS, "CREATE TABLE \"Items\" (id int PRIMARY KEY, item text)")
                        .records(json("id", 1, "item", "pen"))
                        .from("Items", json("id", 2, "item", "ink"))
                        .rows(row(1, "pen"))
                        .expect("SELECT * FROM \"Items\"", row(2, "ink")),
                named("a table in a schema that is not on the search path is another one")
                        .given("CREATE SCHEMA other", "CREATE TABLE other.items " + NEITHER_QUOTES_NOR_KEY)
                        .records(json("id", 1, "item", SECRET))
                        .fails("\"items\"", "does not exist"),
                named("a table is created although another schema has one of its name")
                        .given("CREATE SCHEMA other", "CREATE TABLE other.items " + NEITHER_QUOTES_NOR_KEY)
                        .with("auto.create", "true")
                        .records(struct("item", "pen").keyStruct("id", 1))
                        .expect("SELECT * FROM public.items", row(1, "pen"))
                        .expect("SELECT count(*) FROM other.items", 0),
                named("the first schema of the search path wins")
                        .given("CREATE SCHEMA app", "CREATE TABLE app.items (id int PRIMARY KEY)", ITEMS)
                        .with("connection.currentSchema", "app,public")
                        .records(json("id", 1))
                        .expect("SELECT * FROM app.items", 1)
                        .expect("SELECT count(*) FROM public.items", 0),
                named("a table is created in the first schema of the search path")
                        .given("CREATE SCHEMA app")
                        .with("connection.currentSchema", "app,public", "auto.create", "true")
                        .records(struct("item", "pen").keyStruct("id", 1))
                        .expect("SELECT * FROM app.items", row(1, "pen")),
                named("a schema that is named wins over the search path")
                        .given("CREATE SCHEMA app", "CREATE TABLE app.items (id int PRIMARY KEY, item text)", ITEMS)
                        .with("connection.currentSchema", "app", "table.name.format", "public.${topic}")
                        .records(json("id", 1, "item", "pen"))
                        .expect("SELECT * FROM public.items", row(1, "pen"))
                        .expect("SELECT count(*) FROM app.items", 0),
                named("a table is created in a schema that is named")
                        .given("CREATE SCHEMA \"My App\"")
                        .with("table.name.format", "My App.${topic}", "auto.create", "true")
                        .records(struct("item", "pen").keyStruct("id", 1))
                        .expect("SELECT * FROM \"My App\".items", row(1, "pen")),
                named("a missing schema says so")
                        .with("table.name.format", "shop.${topic}", "auto.create", "true")
                        .records(struct("item", SECRET).keyStruct("id", 1))
                        .fails("\"shop\"", "does not exist", "table.name.normalize=true"),
                named("a topic with a dot says how to keep it from naming a schema")
                        .with("auto.create", "true", "validation.level", "syntax")
                        .from("shop.items", struct("item", SECRET).keyStruct("id", 1))
                        .fails("no schema \"shop\"", "table.name.normalize=true"));
    }

    @TestFactory
    Stream<DynamicTest> quoting(Cases cases) {
        return cases.run(
                "quoting",
                named("names keep their case")
                        .with("auto.create", "true")
                        .from("Items", struct("Unit Price", 5).keyStruct("Id", 1))
                        .expect("SELECT \"Id\", \"Unit Price\" FROM \"Items\"", row(1, 5)),
                named("reserved words are names")
                        .with("auto.create", "true")
                        .from("order", struct("select", 5, "from", "x").keyStruct("user", 1))
                        .expect("SELECT \"user\", \"select\", \"from\" FROM \"order\"", row(1, 5, "x")),
                named("double quotes, quotes, semicolons and line ends are parts of names")
                        .with("auto.create", "true")
                        .records(struct("a\"b", 1, "c'd", 2, "e;f", 3, "g\nh", 4, "$i$", 5, "j\\k", 6)
                                .keyStruct("?", 0))
                        .rows(row(0, 1, 2, 3, 4, 5, 6)),
                named("fields and columns that differ only in case are two")
                        .given("CREATE TABLE items (id int PRIMARY KEY, \"Name\" text, name text)")
                        .records(json("id", 1, "Name", "upper", "name", "lower"))
                        .rows(row(1, "upper", "lower")),
                named("a field whose column is written differently is missing")
                        .given("CREATE TABLE items (id int PRIMARY KEY, name text)")
                        .records(json("id", 1, "Name", SECRET))
                        .fails("no column \"Name\"", "a column \"name\"", "fields.rename"));
    }
}
