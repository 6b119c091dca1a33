package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Content.tombstone;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What others do to tables while records are written into them. */
@ExtendWith(CasesExtension.class)
final class ChangedTablesIT {
    @TestFactory
    Stream<DynamicTest> behindOurBack(Cases cases) {
        return cases.run(
                "behind-our-back",
                named("a column is added, and a field comes with it")
                        .given("CREATE TABLE items (id int PRIMARY KEY)")
                        .records(json("id", 1))
                        .then("ALTER TABLE items ADD COLUMN item text")
                        .records(json("id", 2, "item", "ink"))
                        .rows(row(1, null), row(2, "ink")),
                named("a column is dropped that the records no longer have")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text, price int)")
                        .records(json("id", 1, "item", "pen", "price", 1))
                        .then("ALTER TABLE items DROP COLUMN price")
                        .records(json("id", 2, "item", "ink"))
                        .rows(row(1, "pen"), row(2, "ink")),
                named("a column is dropped that the records still have")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .records(json("id", 1, "item", "pen"))
                        .then("ALTER TABLE items DROP COLUMN item")
                        .records(json("id", 2, "item", SECRET))
                        .rows(1)
                        .fails("no column \"item\"", "auto.evolve=true"),
                named("a column is dropped and made again")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .with("auto.evolve", "true")
                        .records(json("id", 1, "item", "pen"))
                        .then("ALTER TABLE items DROP COLUMN item")
                        .records(json("id", 2, "item", "ink"))
                        .rows(row(1, null), row(2, "ink")),
                named("a column's type is changed")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v int)")
                        .records(json("id", 1, "v", 1))
                        .then("ALTER TABLE items ALTER COLUMN v TYPE text, ALTER COLUMN id TYPE bigint")
                        .records(json("id", 5_000_000_000L, "v", 2))
                        .rows(row(1, 1), row(5_000_000_000L, 2)),
                named("a column of a table without key changes its type")
                        .given("CREATE TABLE items (id int, flag boolean)")
                        .with("pk.mode", "none", "insert.mode", "insert")
                        .records(json("id", 1, "flag", true))
                        .then("ALTER TABLE items ALTER COLUMN flag TYPE text")
                        .records(json("id", 2, "flag", true))
                        .rows(row(1, "true"), row(2, "true")),
                named("a column is renamed")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .records(json("id", 1, "item", "pen"))
                        .then("ALTER TABLE items RENAME COLUMN item TO product")
                        .records(json("id", 2, "product", "ink"))
                        .rows(row(1, "pen"), row(2, "ink")),
                named("the table is dropped and made anew by somebody else")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .records(json("id", 1, "item", "pen"))
                        .then("DROP TABLE items", "CREATE TABLE items (item text, id bigint PRIMARY KEY)")
                        .records(json("id", 2, "item", "ink"))
                        .rows(row("ink", 2)),
                named("the table is dropped and made anew by ourselves")
                        .with("auto.create", "true")
                        .records(struct("item", "pen").keyStruct("id", 1))
                        .then("DROP TABLE items")
                        .records(struct("item", "ink").keyStruct("id", 2))
                        .rows(row(2, "ink")),
                named("the table is dropped for good")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .records(json("id", 1, "item", "pen"))
                        .then("DROP TABLE items")
                        .records(json("id", 2, "item", SECRET))
                        .fails("\"items\"", "does not exist", "auto.create=true"),
                named("the primary key is changed")
                        .given("CREATE TABLE items (id int PRIMARY KEY, code text, item text)")
                        .records(json("id", 1, "code", "a", "item", "pen"))
                        .then("ALTER TABLE items DROP CONSTRAINT items_pkey, ADD PRIMARY KEY (code)")
                        .records(json("id", 2, "code", "a", "item", "ink"))
                        .rows(row(2, "a", "ink")),
                named("the table is emptied")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .records(json("id", 1, "item", "pen"))
                        .then("TRUNCATE items")
                        .records(json("id", 2, "item", "ink"))
                        .rows(row(2, "ink")),
                named("the table moves to another schema of the search path")
                        .given("CREATE SCHEMA app", "CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .with("connection.currentSchema", "public,app")
                        .records(json("id", 1, "item", "pen"))
                        .then("ALTER TABLE items SET SCHEMA app")
                        .records(json("id", 2, "item", "ink"))
                        .expect("SELECT * FROM app.items ORDER BY id", row(1, "pen"), row(2, "ink")),
                named("a row is deleted by somebody else and comes again")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .with("delete.enabled", "true")
                        .records(json("id", 1, "item", "pen").keyJson(Map.of("id", 1)))
                        .then("DELETE FROM items")
                        .records(
                                tombstone().keyJson(Map.of("id", 1)),
                                json("id", 1, "item", "ink").keyJson(Map.of()))
                        .rows(row(1, "ink")));
    }
}
