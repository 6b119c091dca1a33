package io.sluice.acceptance;

import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Content.tombstone;
import static io.sluice.acceptance.Values.typed;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tombstones, in any order with everything else. */
@ExtendWith(CasesExtension.class)
final class DeletesIT {
    private static final String ITEMS = "CREATE TABLE items (id int PRIMARY KEY, item text)";

    private static Content put(int id, String item) {
        return struct("id", id, "item", item).keyStruct("id", id);
    }

    private static Content delete(int id) {
        return tombstone().keyStruct("id", id);
    }

    @TestFactory
    Stream<DynamicTest> deletes(Cases cases) {
        return cases.run(
                "deletes",
                named("a tombstone is skipped unless deletes are enabled")
                        .given(ITEMS)
                        .records(put(1, "pen"), delete(1), put(2, "ink"))
                        .rows(row(1, "pen"), row(2, "ink")),
                named("a tombstone without a key is skipped unless deletes are enabled")
                        .given(ITEMS)
                        .records(put(1, "pen"), tombstone())
                        .rows(row(1, "pen")),
                deleting("a tombstone deletes the row of its key")
                        .records(put(1, "pen"), put(2, "ink"), delete(1))
                        .rows(row(2, "ink")),
                deleting("a tombstone for a row that is not there does nothing")
                        .records(delete(1), put(2, "ink"), delete(3))
                        .rows(row(2, "ink")),
                deleting("a row that is written again after its tombstone is there")
                        .records(put(1, "pen"), delete(1), put(1, "ink"))
                        .rows(row(1, "ink")),
                deleting("a row that is deleted, written and deleted is not there")
                        .records(delete(1), put(1, "pen"), delete(1))
                        .rows(),
                deleting("two tombstones are one")
                        .records(put(1, "pen"), delete(1), delete(1))
                        .rows(),
                deleting("a row that was there before is deleted and written again")
                        .given("INSERT INTO items VALUES (1, 'old'), (2, 'old')")
                        .records(delete(1), put(1, "new"), delete(2))
                        .rows(row(1, "new")),
                deleting("what a row had before its tombstone is gone when it comes again with fewer fields")
                        .records(put(1, "pen"), delete(1), struct("id", 1).keyStruct("id", 1))
                        .rows(row(1, null)),
                deleting("writes and deletes alternate")
                        .records(IntStream.range(0, 100)
                                .mapToObj(i -> i % 2 == 0 ? put(i % 10, "item " + i) : delete((i + 3) % 10))
                                .toArray(Content[]::new))
                        .rows(row(4, "item 94"), row(6, "item 96"), row(8, "item 98")),
                named("inserts and deletes of one key alternate in insert mode")
                        .given(ITEMS)
                        .with("insert.mode", "insert", "pk.mode", "record_key", "delete.enabled", "true")
                        .records(put(1, "a"), delete(1), put(1, "b"), delete(1), put(1, "c"))
                        .rows(row(1, "c")),
                named("updates and deletes alternate in update mode")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'old'), (2, 'old')")
                        .with("insert.mode", "update", "delete.enabled", "true")
                        .records(put(1, "a"), delete(1), put(1, "b"), put(2, "b"), put(3, "c"))
                        .rows(row(2, "b")));
    }

    @TestFactory
    Stream<DynamicTest> keysOfDeletes(Cases cases) {
        return cases.run(
                "keys-of-deletes",
                named("record_key deletes by a primitive")
                        .given("CREATE TABLE items (code text PRIMARY KEY, item text)")
                        .with("pk.mode", "record_key", "pk.fields", "code", "delete.enabled", "true")
                        .records(json("item", "pen").keyText("a"), tombstone().keyText("a"))
                        .rows(),
                named("record_key deletes by a Struct of two fields")
                        .given("CREATE TABLE items (shop text, id int, PRIMARY KEY (shop, id))")
                        .given("INSERT INTO items VALUES ('a', 1), ('a', 2), ('b', 1)")
                        .with("pk.mode", "record_key", "delete.enabled", "true")
                        .records(tombstone().keyStruct("shop", "a", "id", 1))
                        .rows(row("a", 2), row("b", 1)),
                named("record_key deletes by a JSON object")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'pen'), (2, 'ink')")
                        .with("pk.mode", "record_key", "delete.enabled", "true")
                        .records(tombstone().keyJson(Map.of("id", 1)))
                        .rows(row(2, "ink")),
                named("a uuid is deleted by a text key, however it is written")
                        .given("CREATE TABLE items (id uuid PRIMARY KEY)")
                        .given("INSERT INTO items VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')")
                        .with("delete.enabled", "true")
                        .records(tombstone().keyText("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"))
                        .rows(),
                named("a char key is deleted whatever blanks follow it")
                        .given("CREATE TABLE items (id char(5) PRIMARY KEY)", "INSERT INTO items VALUES ('a'), ('b')")
                        .with("delete.enabled", "true")
                        .records(tombstone().keyText("a  "))
                        .rows("b    "),
                named("a numeric key is deleted whatever its scale")
                        .given("CREATE TABLE items (id numeric PRIMARY KEY)", "INSERT INTO items VALUES (1.5), (2.50)")
                        .with("delete.enabled", "true")
                        .records(tombstone().keyJson("1.500"))
                        .rows("2.50"),
                named("an enum, an inet and a date key are deleted by text")
                        .given("CREATE TYPE mood AS ENUM ('fine', 'ill')")
                        .given("CREATE TABLE items (m mood, a inet, d date, PRIMARY KEY (m, a, d))")
                        .given("INSERT INTO items VALUES ('ill', '10.0.0.1', '2026-11-22')")
                        .with("delete.enabled", "true")
                        .records(tombstone().keyJson(Map.of("m", "ill", "a", "10.0.0.1", "d", "2026-11-22")))
                        .rows(),
                named("a tombstone without a key deletes nothing and fails")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'pen')")
                        .with("delete.enabled", "true")
                        .records(tombstone())
                        .rows(row(1, "pen"))
                        .fails("neither a key nor a row", "delete.enabled"),
                named("a tombstone with half of the primary key deletes nothing and fails")
                        .given("CREATE TABLE items (shop text, id int, PRIMARY KEY (shop, id))")
                        .given("INSERT INTO items VALUES ('a', 1), ('a', 2)")
                        .with("delete.enabled", "true")
                        .records(tombstone().keyStruct("shop", "a"))
                        .rows(row("a", 1), row("a", 2))
                        .fails("\"id\"", "primary key"),
                named("a tombstone with half of the primary key by pk.fields deletes nothing and fails")
                        .given("CREATE TABLE items (shop text, id int, PRIMARY KEY (shop, id))")
                        .given("INSERT INTO items VALUES ('a', 1), ('a', 2)")
                        .with("pk.mode", "record_key", "pk.fields", "shop", "delete.enabled", "true")
                        .records(tombstone().keyStruct("shop", "a", "id", 1))
                        .rows(row("a", 1), row("a", 2))
                        .fails("unique constraint on [shop]"),
                named("a typing error in pk.fields deletes nothing and fails")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'pen')")
                        .with("pk.mode", "record_key", "pk.fields", "idd", "delete.enabled", "true")
                        .records(tombstone().keyStruct("id", 1))
                        .rows(row(1, "pen"))
                        .fails("key has no field \"idd\"", "Correct pk.fields"),
                named("a key field that the table has no column for deletes nothing and fails")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'pen')")
                        .with("pk.mode", "record_key", "delete.enabled", "true")
                        .records(tombstone().keyStruct("id", 1, "shop", "a"))
                        .rows(row(1, "pen"))
                        .fails("no column \"shop\"", "pk.fields"),
                named("a table without any unique key is deleted from by the key that pk.mode names")
                        .given("CREATE TABLE items (id int, item text)", "INSERT INTO items VALUES (1, 'pen')")
                        .with("insert.mode", "insert", "pk.mode", "record_key", "delete.enabled", "true")
                        .records(delete(1), put(2, "ink"))
                        .rows(row(2, "ink")),
                named("a null in the key deletes nothing and fails")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'pen')")
                        .with("delete.enabled", "true")
                        .records(tombstone().keyStruct("id", typed(Schema.OPTIONAL_INT32_SCHEMA, null)))
                        .rows(row(1, "pen"))
                        .fails("\"id\"", "part of the key"),
                named("an empty key deletes nothing and fails")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'pen')")
                        .with("pk.mode", "record_key", "delete.enabled", "true")
                        .records(tombstone().keyJson(Map.of()))
                        .rows(row(1, "pen"))
                        .fails("no key"),
                named("a table without a primary key is not deleted from")
                        .given("CREATE TABLE items (id int)", "INSERT INTO items VALUES (1)")
                        .with("delete.enabled", "true")
                        .records(tombstone().keyStruct("id", 1))
                        .rows(1)
                        .fails("no primary key"),
                named("a tombstone for a table that is yet to be created creates none")
                        .with("auto.create", "true", "delete.enabled", "true")
                        .records(delete(1))
                        .expect("SELECT to_regclass('items')", row((Object) null)),
                named("a tombstone that comes first leaves the table to the first row")
                        .with("auto.create", "true", "delete.enabled", "true")
                        .records(delete(1), put(2, "ink"))
                        .rows(row(2, "ink")),
                named("a tombstone for a missing table that must not be created fails")
                        .with("delete.enabled", "true")
                        .records(delete(1))
                        .fails("\"items\"", "does not exist"),
                named("record_value has no key for a tombstone")
                        .with("pk.mode", "record_value", "pk.fields", "id", "delete.enabled", "true")
                        .isRefused("delete.enabled", "record_key"));
    }

    private static Case deleting(String name) {
        return named(name).given(ITEMS).with("delete.enabled", "true");
    }
}
