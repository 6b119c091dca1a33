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

/** Relations of every kind, and what others do to them meanwhile. */
@ExtendWith(CasesExtension.class)
final class RelationsIT {
    private static final String[] INSTEAD_OF_TRIGGER = {
        "CREATE TABLE goods (id int PRIMARY KEY, item text)",
        "CREATE VIEW items AS SELECT id, item FROM goods",
        "CREATE FUNCTION put() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$ BEGIN INSERT INTO goods VALUES (NEW.id, NEW.item); RETURN NEW; END $$",
        "CREATE TRIGGER put INSTEAD OF INSERT ON items FOR EACH ROW EXECUTE FUNCTION put()"
    };

    @TestFactory
    Stream<DynamicTest> kinds(Cases cases) {
        return cases.run(
                "kinds",
                named("a partitioned table")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text) PARTITION BY RANGE (id)")
                        .given("CREATE TABLE low PARTITION OF items FOR VALUES FROM (0) TO (10)")
                        .given("CREATE TABLE high PARTITION OF items FOR VALUES FROM (10) TO (20)")
                        .with("delete.enabled", "true")
                        .records(put(1, "pen"), put(11, "ink"), put(1, "paper"), delete(11), put(12, "glue"))
                        .expect("SELECT * FROM low", row(1, "paper"))
                        .expect("SELECT * FROM high", row(12, "glue")),
                named("a partitioned table without a partition for the row")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text) PARTITION BY RANGE (id)")
                        .given("CREATE TABLE low PARTITION OF items FOR VALUES FROM (0) TO (10)")
                        .records(put(1, "pen"), put(11, SECRET))
                        .rows(row(1, "pen"))
                        .fails("\"items\"", "SQLSTATE 23514"),
                named("a partitioned table gets a column")
                        .given("CREATE TABLE items (id int PRIMARY KEY) PARTITION BY HASH (id)")
                        .given("CREATE TABLE part PARTITION OF items FOR VALUES WITH (MODULUS 1, REMAINDER 0)")
                        .with("auto.evolve", "true")
                        .records(put(1, "pen"))
                        .expect("SELECT * FROM part", row(1, "pen")),
                named("a view of one table")
                        .given("CREATE TABLE goods (id int PRIMARY KEY, item text, hidden int DEFAULT 7)")
                        .given("CREATE VIEW items AS SELECT id, item FROM goods")
                        .with("insert.mode", "insert")
                        .records(put(1, "pen"), put(2, "ink"))
                        .expect("SELECT * FROM goods ORDER BY id", row(1, "pen", 7), row(2, "ink", 7)),
                named("a view whose key pk.fields names")
                        .given("CREATE TABLE goods (id int PRIMARY KEY, item text)")
                        .given("CREATE VIEW items AS SELECT * FROM goods", "INSERT INTO goods VALUES (1, 'old')")
                        .with("pk.mode", "record_value", "pk.fields", "id", "insert.mode", "update")
                        .records(put(1, "new"), put(2, "nobody"))
                        .expect("SELECT * FROM goods", row(1, "new")),
                named("a view that cannot be written")
                        .given("CREATE VIEW items AS SELECT 1 AS id, 'x' AS item")
                        .with("insert.mode", "insert")
                        .records(put(1, SECRET))
                        .fails("\"items\"", "a view that PostgreSQL cannot write through"),
                foreign("a foreign table takes inserts")
                        .with("insert.mode", "insert", "pk.mode", "none")
                        .records(put(1, "pen"), put(2, "ink"))
                        .expect("SELECT * FROM goods ORDER BY id", row(1, "pen"), row(2, "ink")),
                foreign("a foreign table takes updates by the key that pk.mode names")
                        .given("INSERT INTO goods VALUES (1, 'old')")
                        .with("insert.mode", "update", "pk.mode", "record_key")
                        .records(put(1, "new"), put(2, "nobody"))
                        .expect("SELECT * FROM goods", row(1, "new")),
                foreign("a foreign table takes no upserts")
                        .with("pk.mode", "record_key")
                        .records(put(1, SECRET))
                        .fails("\"items\"", "it is a foreign table", "insert.mode=insert"),
                named("a table with a rule takes no upserts")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)", "CREATE TABLE log (id int)")
                        .given("CREATE RULE also AS ON INSERT TO items DO ALSO INSERT INTO log VALUES (NEW.id)")
                        .with("pk.mode", "record_value", "pk.fields", "id", "validation.level", "syntax")
                        .records(put(1, SECRET))
                        .fails("\"items\"", "a rule for INSERT or UPDATE", "insert.mode=insert"),
                named("a view with an INSTEAD OF trigger takes no upserts")
                        .given(INSTEAD_OF_TRIGGER)
                        .with("pk.mode", "record_value", "pk.fields", "id", "validation.level", "syntax")
                        .records(put(1, SECRET))
                        .fails("\"items\"", "a view that PostgreSQL does not write through", "insert.mode=insert"),
                named("a view with an INSTEAD OF trigger takes inserts")
                        .given(INSTEAD_OF_TRIGGER)
                        .with("insert.mode", "insert", "pk.mode", "none")
                        .records(put(1, "pen"), put(2, "ink"))
                        .expect("SELECT * FROM goods ORDER BY id", row(1, "pen"), row(2, "ink")),
                unfit(
                        "deferrable",
                        "PRIMARY KEY (id) DEFERRABLE",
                        "\"items_pkey\" does not serve, as it is deferrable"),
                unfit("partial", "", "\"part\" does not serve, as it is partial")
                        .given("CREATE UNIQUE INDEX part ON items (id) WHERE item IS NOT NULL"),
                unfit("on an expression", "", "\"low\" does not serve, as it is on an expression")
                        .given("CREATE UNIQUE INDEX low ON items (id, lower(item))"),
                unfit("not valid", "", "\"half\" does not serve, as it is not valid")
                        .given("CREATE UNIQUE INDEX half ON items (id)")
                        .given("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'half'::regclass"),
                named("a unique index with further columns serves")
                        .given("CREATE TABLE items (id int, item text)")
                        .given("CREATE UNIQUE INDEX one ON items (id) INCLUDE (item)")
                        .with("pk.mode", "record_value", "pk.fields", "id")
                        .records(put(1, "pen"), put(1, "ink"))
                        .rows(row(1, "ink")),
                kind("a materialized view", "CREATE MATERIALIZED VIEW items AS SELECT 1 AS id, 'x' AS item"),
                kind("a sequence", "CREATE SEQUENCE items"),
                kind("an index", "CREATE TABLE t (id int)", "CREATE INDEX items ON t (id)"),
                kind("a composite type", "CREATE TYPE items AS (id int, item text)"),
                kind(
                        "a foreign table that takes no rows",
                        "CREATE EXTENSION file_fdw",
                        "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
                        "CREATE FOREIGN TABLE items (id int, item text) SERVER files OPTIONS (filename '/dev/null')"),
                named("a table with row security")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .given("ALTER TABLE items ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
                        .records(put(1, "pen"), put(1, "ink"))
                        .rows(row(1, "ink")),
                named("an unlogged table")
                        .given("CREATE UNLOGGED TABLE items (id int PRIMARY KEY, item text)")
                        .records(put(1, "pen"))
                        .rows(row(1, "pen")),
                named("a table that inherits")
                        .given("CREATE TABLE goods (item text)")
                        .given("CREATE TABLE items (id int PRIMARY KEY) INHERITS (goods)")
                        .records(put(1, "pen"))
                        .expect("SELECT id, item FROM items", row(1, "pen")),
                named("a table whose trigger changes rows and drops some")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .given("""
                                CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                                IF NEW.id = 2 THEN RETURN NULL; END IF; NEW.item = upper(NEW.item); RETURN NEW; END $$""")
                        .given("CREATE TRIGGER t BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION change()")
                        .records(put(1, "pen"), put(2, "ink"))
                        .rows(row(1, "PEN")),
                named("a table whose trigger raises an error")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .given("""
                                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                                RAISE EXCEPTION 'not %', NEW.item; END $$""")
                        .given("CREATE TRIGGER t BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION refuse()")
                        .records(put(1, SECRET))
                        .fails("\"items\"", "trigger", "SQLSTATE P0001"),
                named("a table with a rule")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)", "CREATE TABLE log (id int)")
                        .given("CREATE RULE r AS ON INSERT TO items DO ALSO INSERT INTO log VALUES (NEW.id)")
                        .with("insert.mode", "insert")
                        .records(put(1, "pen"))
                        .rows(row(1, "pen")));
    }

    @TestFactory
    Stream<DynamicTest> columns(Cases cases) {
        return cases.run(
                "columns",
                named("an identity column that is always generated takes the source's key")
                        .given("CREATE TABLE items (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item text)")
                        .records(put(7, "pen"), put(7, "ink"))
                        .rows(row(7, "ink")),
                named("an identity column that is generated by default takes what it gets, and generates the rest")
                        .given("CREATE TABLE items (id int GENERATED BY DEFAULT AS IDENTITY, item text UNIQUE)")
                        .with("pk.mode", "record_value", "pk.fields", "item")
                        .records(json("item", "pen"), json("id", 7, "item", "ink"))
                        .rows(row(1, "pen"), row(7, "ink")),
                named("a generated column is left to PostgreSQL")
                        .given(
                                "CREATE TABLE items (id int PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net * 2) STORED)")
                        .records(json("id", 1, "net", 5), json("id", 2, "net", 6, "gross", 99))
                        .rows(row(1, 5, 10), row(2, 6, 12)),
                named("a default is for rows without the field, NULL for a field that is null")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text DEFAULT 'none')")
                        .records(json("id", 1), json("id", 2, "item", null), json("id", 3, "item", "pen"))
                        .rows(row(1, "none"), row(2, null), row(3, "pen")),
                named("a default is for rows without the field in insert mode too")
                        .given("CREATE TABLE items (id serial PRIMARY KEY, item text, at date DEFAULT '2026-01-01')")
                        .with("insert.mode", "insert", "pk.mode", "none")
                        .records(json("item", "pen"), json("item", "ink", "at", "2026-02-02"))
                        .rows(row(1, "pen", "2026-01-01"), row(2, "ink", "2026-02-02")),
                named("an upsert leaves the columns alone that the record has not")
                        .given("CREATE TABLE items (id int PRIMARY KEY, a text, b text DEFAULT 'own')")
                        .given("INSERT INTO items VALUES (1, 'old', 'kept')")
                        .records(json("id", 1, "a", "new"), json("id", 2, "a", "new"))
                        .rows(row(1, "new", "kept"), row(2, "new", "own")),
                named("records with different columns make one row")
                        .given("CREATE TABLE items (id int PRIMARY KEY, a int, b int, c int)")
                        .records(
                                json("id", 1, "a", 1),
                                json("id", 1, "b", 2),
                                json("id", 1, "c", 3),
                                json("id", 1, "a", 4, "b", null))
                        .rows(row(1, 4, null, 3)),
                named("an upsert of nothing but a key leaves the row as it is")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .given("INSERT INTO items VALUES (1, 'kept')")
                        .records(json("id", 1), json("id", 2))
                        .rows(row(1, "kept"), row(2, null)),
                named("an update changes rows that are there and makes none")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .given("INSERT INTO items VALUES (1, 'old')")
                        .with("insert.mode", "update")
                        .records(json("id", 1, "item", "new"), json("id", 2, "item", "nobody"))
                        .rows(row(1, "new")),
                named("an insert of a row that is there already fails")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                        .with("insert.mode", "insert")
                        .records(json("id", 1, "item", "pen"), json("id", 1, "item", SECRET))
                        .rows(row(1, "pen"))
                        .fails("constraint \"items_pkey\"", "insert.mode=upsert", "SQLSTATE 23505"));
    }

    @TestFactory
    Stream<DynamicTest> references(Cases cases) {
        return cases.run(
                "references",
                referring("children are written after their parents, whichever comes first")
                        .from("lines", json("id", 1, "item", 7), json("id", 2, "item", 8))
                        .from("items", json("id", 7), json("id", 8))
                        .expect("SELECT * FROM lines ORDER BY id", row(1, 7), row(2, 8)),
                referring("parents are deleted after their children")
                        .given("INSERT INTO items VALUES (7)", "INSERT INTO lines VALUES (1, 7)")
                        .with("delete.enabled", "true")
                        .from("items", tombstone().keyJson(Map.of("id", 7)))
                        .from("lines", tombstone().keyJson(Map.of("id", 1)))
                        .expect("SELECT count(*) FROM items", 0)
                        .expect("SELECT count(*) FROM lines", 0),
                referring("a child without a parent fails")
                        .from("lines", json("id", 1, "item", 7))
                        .fails("\"lines\"", "constraint \"of_item\"", "SQLSTATE 23503"),
                referring("a parent whose child stays is not deleted")
                        .given("INSERT INTO items VALUES (7)", "INSERT INTO lines VALUES (1, 7)")
                        .with("delete.enabled", "true")
                        .records(tombstone().keyJson(Map.of("id", 7)))
                        .rows(7)
                        .fails("constraint \"of_item\"", "SQLSTATE 23503"),
                named("a row refers to one that comes after it in the same table")
                        .given("CREATE TABLE items (id int PRIMARY KEY, parent int REFERENCES items)")
                        .with("insert.mode", "insert")
                        .records(json("id", 1, "parent", 2), json("id", 2), json("id", 3, "parent", 1))
                        .rows(row(1, 2), row(2, null), row(3, 1)));
    }

    /** A foreign table that stands for another table of the same database. */
    private static Case foreign(String name) {
        return named(name)
                .given(
                        "CREATE TABLE goods (id int PRIMARY KEY, item text)",
                        "CREATE EXTENSION postgres_fdw",
                        "CREATE SERVER self FOREIGN DATA WRAPPER postgres_fdw"
                                + " OPTIONS (host '${host}', port '${port}', dbname '${database}')",
                        "CREATE USER MAPPING FOR CURRENT_USER SERVER self"
                                + " OPTIONS (user '${user}', password '${password}')",
                        "CREATE FOREIGN TABLE items (id int, item text) SERVER self OPTIONS (table_name 'goods')");
    }

    private static Case referring(String name) {
        return named(name)
                .given("CREATE TABLE items (id int PRIMARY KEY)")
                .given("CREATE TABLE lines (id int PRIMARY KEY, item int CONSTRAINT of_item REFERENCES items)");
    }

    private static Content put(int id, String item) {
        return struct("id", id, "item", item).keyStruct("id", id);
    }

    private static Content delete(int id) {
        return tombstone().keyStruct("id", id);
    }

    private static Case unfit(String kind, String key, String reason) {
        return named("a key that is " + kind)
                .given("CREATE TABLE items (id int, item text" + (key.isEmpty() ? "" : ", " + key) + ")")
                .with("pk.mode", "record_value", "pk.fields", "id", "validation.level", "syntax")
                .records(put(1, SECRET))
                .fails("\"items\"", "an upsert needs", reason);
    }

    private static Case kind(String kind, String... sql) {
        return named(kind + " is named as what it is")
                .given(sql)
                .with("insert.mode", "insert", "pk.mode", "none", "auto.create", "true", "validation.level", "syntax")
                .records(put(1, SECRET))
                .fails("\"items\"", kind);
    }
}
