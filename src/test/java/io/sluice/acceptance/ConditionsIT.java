package io.sluice.acceptance;

import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.tombstone;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that are written only under a condition. */
@ExtendWith(CasesExtension.class)
final class ConditionsIT {
    private static final String VERSIONED = "CREATE TABLE items (id int PRIMARY KEY, item text, v bigint)";

    @TestFactory
    Stream<DynamicTest> versions(Cases cases) {
        return cases.run(
                "versions",
                versioned("an older version does not replace a newer one")
                        .given("INSERT INTO items VALUES (1, 'newer', 5)")
                        .records(json("id", 1, "item", "older", "v", 4))
                        .rows(row(1, "newer", 5)),
                versioned("an equal version replaces the row")
                        .given("INSERT INTO items VALUES (1, 'first', 5)")
                        .records(json("id", 1, "item", "second", "v", 5))
                        .rows(row(1, "second", 5)),
                versioned("a newer version replaces the row")
                        .given("INSERT INTO items VALUES (1, 'older', 5)")
                        .records(json("id", 1, "item", "newer", "v", 6))
                        .rows(row(1, "newer", 6)),
                versioned("versions of one batch come in any order")
                        .records(
                                json("id", 1, "item", "2", "v", 2),
                                json("id", 1, "item", "9", "v", 9),
                                json("id", 1, "item", "5", "v", 5),
                                json("id", 2, "item", "1", "v", 1))
                        .rows(row(1, "9", 9), row(2, "1", 1)),
                versioned("a row without a version is replaced by one with a version")
                        .given("INSERT INTO items VALUES (1, 'none', NULL)")
                        .records(json("id", 1, "item", "one", "v", 1))
                        .rows(row(1, "one", 1)),
                versioned("columns that the newer version has not stay, also those of the same batch")
                        .records(
                                json("id", 1, "item", "pen", "v", 1),
                                json("id", 1, "v", 3),
                                json("id", 1, "item", "old", "v", 2))
                        .rows(row(1, "pen", 3)),
                named("versions may be times")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text, at timestamptz)")
                        .given("INSERT INTO items VALUES (1, 'noon', '2026-11-22 12:00+00')")
                        .with("version.column", "at")
                        .records(
                                json("id", 1, "item", "morning", "at", "2026-11-22T09:00:00Z"),
                                json("id", 1, "item", "one o'clock", "at", "2026-11-22T14:00:00+01:00"))
                        .rows(row(1, "one o'clock", "2026-11-22 13:00:00+00")),
                versioned("a deletion takes the row whatever its version")
                        .with("delete.enabled", "true")
                        .given("INSERT INTO items VALUES (1, 'newer', 5)")
                        .records(tombstone().keyJson(Map.of("id", 1)))
                        .rows());
    }

    @TestFactory
    Stream<DynamicTest> unchanged(Cases cases) {
        return cases.run(
                "unchanged",
                counting("an upsert writes a row that is the same")
                        .records(json("id", 1, "item", "pen"))
                        .expect("SELECT * FROM updates", "pen"),
                counting("an upsert that would change nothing writes nothing")
                        .with("skip.unchanged", "true")
                        .records(json("id", 1, "item", "pen"), json("id", 1), json("id", 2, "item", null))
                        .expect("SELECT * FROM updates")
                        .rows(row(1, "pen"), row(2, null)),
                counting("an upsert that changes something writes it")
                        .with("skip.unchanged", "true")
                        .records(json("id", 1, "item", "ink"), json("id", 2, "item", "new"))
                        .expect("SELECT * FROM updates ORDER BY item", "ink", "new"),
                counting("a change to NULL is a change")
                        .with("skip.unchanged", "true")
                        .records(json("id", 1, "item", null))
                        .expect("SELECT * FROM updates", row((Object) null))
                        .rows(row(1, null), row(2, null)),
                counting("an update that would change nothing writes nothing")
                        .with("skip.unchanged", "true", "insert.mode", "update")
                        .records(json("id", 1, "item", "pen"))
                        .expect("SELECT * FROM updates"),
                named("types that cannot be compared are compared as texts")
                        .given("CREATE TABLE items (id int PRIMARY KEY, j json, p point)")
                        .given("INSERT INTO items VALUES (1, '{\"a\":1}', '(1,2)')")
                        .given(trigger("j::text"))
                        .with("skip.unchanged", "true")
                        .records(json("id", 1, "j", Map.of("a", 1), "p", "(1,2)"))
                        .expect("SELECT * FROM updates"),
                versioned("both conditions")
                        .given("INSERT INTO items VALUES (1, 'pen', 5), (2, 'pen', 5)")
                        .given(trigger("item"))
                        .with("skip.unchanged", "true")
                        .records(
                                json("id", 1, "item", "pen", "v", 5),
                                json("id", 2, "item", "older", "v", 4),
                                json("id", 2, "item", "newer", "v", 6))
                        .expect("SELECT DISTINCT item FROM updates", "newer"));
    }

    private static Case versioned(String name) {
        return named(name).given(VERSIONED).with("version.column", "v");
    }

    /** A table that has two rows, and another table that gets what each update writes. */
    private static Case counting(String name) {
        return named(name)
                .given("CREATE TABLE items (id int PRIMARY KEY, item text)")
                .given("INSERT INTO items VALUES (1, 'pen'), (2, NULL)")
                .given(trigger("item"));
    }

    private static String[] trigger(String logged) {
        return new String[] {
            "CREATE TABLE updates (item text)",
            "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + "INSERT INTO updates VALUES (NEW."
                    + logged + "); RETURN NEW; END $$",
            "CREATE TRIGGER t BEFORE UPDATE ON items FOR EACH ROW EXECUTE FUNCTION note()"
        };
    }
}
