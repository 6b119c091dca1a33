package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.ChangeEvents.delete;
import static io.sluice.acceptance.ChangeEvents.event;
import static io.sluice.acceptance.ChangeEvents.update;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.jsonText;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Content.tombstone;
import static io.sluice.acceptance.Content.value;
import static io.sluice.acceptance.Values.typed;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Change events in Debezium's envelope, flattened or not. */
@ExtendWith(CasesExtension.class)
final class ChangeEventsIT {
    private static final String ITEMS = "CREATE TABLE items (id int PRIMARY KEY, item text, big text)";
    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    @TestFactory
    Stream<DynamicTest> envelopes(Cases cases) {
        return cases.run(
                "envelopes",
                named("snapshots, creations and updates write the row after")
                        .given(ITEMS)
                        .records(
                                event("r", null, ChangeEvents.row(1, "pen", "a"))
                                        .keyStruct("id", 1),
                                ChangeEvents.create(2, "ink", "b"),
                                update(2, "glue", "c"))
                        .rows(row(1, "pen", "a"), row(2, "glue", "c")),
                named("a table is created from the row and not from the envelope")
                        .with("auto.create", "true")
                        .records(ChangeEvents.create(1, "pen", "a"))
                        .rows(row(1, "pen", "a")),
                deleting("a deletion and its tombstone delete the row once")
                        .records(
                                ChangeEvents.create(1, "pen", "a"),
                                ChangeEvents.create(2, "ink", "b"),
                                delete(1),
                                tombstone().keyStruct("id", 1))
                        .rows(row(2, "ink", "b")),
                deleting("a deletion without a tombstone deletes the row")
                        .records(ChangeEvents.create(1, "pen", "a"), delete(1))
                        .rows(),
                deleting("a deletion without a record key takes the row before")
                        .with("pk.mode", "record_value", "pk.fields", "id", "record.format", "debezium")
                        .records(ChangeEvents.create(1, "pen", "a"), event("d", ChangeEvents.row(1, "pen", "a"), null))
                        .rows(),
                named("deletions are skipped unless they are enabled")
                        .given(ITEMS)
                        .records(
                                ChangeEvents.create(1, "pen", "a"),
                                delete(1),
                                tombstone().keyStruct("id", 1))
                        .rows(row(1, "pen", "a")),
                deleting("deletions and creations of one key alternate")
                        .records(
                                ChangeEvents.create(1, "a", "a"),
                                delete(1),
                                tombstone().keyStruct("id", 1),
                                ChangeEvents.create(1, "b", "b"),
                                delete(1),
                                ChangeEvents.create(1, "c", "c"))
                        .rows(row(1, "c", "c")),
                deleting("a changed key is a deletion and a creation")
                        .records(
                                ChangeEvents.create(1, "pen", "a"),
                                delete(1),
                                tombstone().keyStruct("id", 1),
                                ChangeEvents.create(5, "pen", "a"))
                        .rows(row(5, "pen", "a")),
                deleting("an update that changes the key of the value moves the row")
                        .with("pk.mode", "record_value", "pk.fields", "id", "record.format", "debezium")
                        .records(
                                ChangeEvents.create(1, "pen", "a"),
                                event("u", ChangeEvents.row(1, "pen", "a"), ChangeEvents.row(5, "pen", "b")))
                        .rows(row(5, "pen", "b")),
                named("a truncation empties the table, and what comes after it is there")
                        .given(ITEMS)
                        .with("truncate.enabled", "true")
                        .records(
                                ChangeEvents.create(1, "pen", "a"),
                                event("t", null, null),
                                ChangeEvents.create(2, "ink", "b"))
                        .rows(row(2, "ink", "b")),
                named("truncations take turns with everything else")
                        .given(ITEMS)
                        .with("truncate.enabled", "true", "delete.enabled", "true")
                        .records(
                                ChangeEvents.create(1, "a", "a"),
                                event("t", null, null),
                                ChangeEvents.create(1, "b", "b"),
                                ChangeEvents.create(2, "b", "b"),
                                event("t", null, null),
                                ChangeEvents.create(2, "c", "c"),
                                ChangeEvents.create(3, "c", "c"),
                                delete(3))
                        .rows(row(2, "c", "c")),
                named("truncations are skipped unless they are enabled")
                        .given(ITEMS)
                        .records(ChangeEvents.create(1, "pen", "a"), event("t", null, null))
                        .rows(row(1, "pen", "a")),
                named("a logical message is no row")
                        .given(ITEMS)
                        .records(event("m", null, null), ChangeEvents.create(1, "pen", "a"))
                        .rows(row(1, "pen", "a")),
                named("an operation that nobody knows fails")
                        .given(ITEMS)
                        .records(event("x", null, ChangeEvents.row(1, SECRET, SECRET))
                                .keyStruct("id", 1))
                        .fails("op", "none of c, r, u, d, t and m"),
                named("an event without the row after fails")
                        .given(ITEMS)
                        .records(event("c", ChangeEvents.row(1, SECRET, SECRET), null)
                                .keyStruct("id", 1))
                        .fails("\"after\""),
                named("schema changes are skipped, and rows of the same topic are not")
                        .given(ITEMS)
                        .records(
                                value(Values.named("io.debezium.connector.postgresql.SchemaChangeValue", "ddl", "x")),
                                value(Values.named("io.debezium.connector.common.Heartbeat", "ts_ms", 1L)),
                                ChangeEvents.create(1, "pen", "a"))
                        .rows(row(1, "pen", "a")),
                named("the source's schema and table name the table")
                        .given(
                                "CREATE SCHEMA shop",
                                "CREATE TABLE shop.goods (id int PRIMARY KEY, item text, big text)")
                        .with("table.name.format", "${source.schema}.${source.table}", "delete.enabled", "true")
                        .records(
                                ChangeEvents.create(1, "pen", "a"),
                                ChangeEvents.create(2, "ink", "b"),
                                delete(1),
                                tombstone().keyStruct("id", 1))
                        .expect("SELECT * FROM shop.goods", row(2, "ink", "b")));
    }

    @TestFactory
    Stream<DynamicTest> flattened(Cases cases) {
        return cases.run(
                "flattened",
                deleting("flattened records are rows, and their tombstones deletions")
                        .records(
                                struct("id", 1, "item", "pen", "big", "a").keyStruct("id", 1),
                                struct("id", 2, "item", "ink", "big", "b").keyStruct("id", 2),
                                tombstone().keyStruct("id", 1))
                        .rows(row(2, "ink", "b")),
                named("envelopes without a schema need record.format")
                        .given(ITEMS)
                        .with("record.format", "debezium", "delete.enabled", "true")
                        .records(
                                jsonText("{\"op\": \"c\", \"after\": {\"id\": 1, \"item\": \"pen\"}, \"before\": null}")
                                        .keyJson(Map.of("id", 1)),
                                jsonText("{\"op\": \"c\", \"after\": {\"id\": 2, \"item\": \"ink\"}}")
                                        .keyJson(Map.of("id", 2)),
                                jsonText("{\"op\": \"d\", \"before\": {\"id\": 1}, \"after\": null}")
                                        .keyJson(Map.of("id", 1)))
                        .rows(row(2, "ink", null)),
                named("record.format debezium takes nothing else")
                        .given(ITEMS)
                        .with("record.format", "debezium")
                        .records(json("id", 1, "item", SECRET))
                        .fails("no change event", "record.format"),
                named("a row that has a field op is a row")
                        .given("CREATE TABLE items (id int PRIMARY KEY, op text, after text)")
                        .records(struct("id", 1, "op", "c", "after", "x"))
                        .rows(row(1, "c", "x")));
    }

    @TestFactory
    Stream<DynamicTest> values(Cases cases) {
        return cases.run(
                "values",
                named("a value that the source did not send leaves its column as it is")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'pen', 'old')")
                        .records(update(1, "ink", UNAVAILABLE))
                        .rows(row(1, "ink", "old")),
                named("a value that the source did not send leaves its column as it is in an update")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'pen', 'old')")
                        .with("insert.mode", "update")
                        .records(update(1, "ink", UNAVAILABLE))
                        .rows(row(1, "ink", "old")),
                named("unsent values take turns with full rows")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'a', 'old'), (2, 'a', 'old')")
                        .records(
                                update(1, "b", UNAVAILABLE),
                                update(2, "b", "new"),
                                update(1, "c", UNAVAILABLE),
                                update(2, "c", UNAVAILABLE),
                                ChangeEvents.create(3, "a", "own"),
                                update(3, "b", UNAVAILABLE))
                        .rows(row(1, "c", "old"), row(2, "c", "new"), row(3, "b", "own")),
                named("an unsent value of a column that must not be null leaves it as it is")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text, big text NOT NULL)")
                        .given("INSERT INTO items VALUES (1, 'pen', 'old')")
                        .records(update(1, "ink", UNAVAILABLE))
                        .rows(row(1, "ink", "old")),
                deleting("an unsent value after a deletion has nothing to keep")
                        .records(ChangeEvents.create(1, "pen", "a"), delete(1), update(1, "ink", UNAVAILABLE))
                        .rows(row(1, "ink", null)),
                named("the placeholder may be another text")
                        .given(ITEMS, "INSERT INTO items VALUES (1, 'pen', 'old')")
                        .with("unavailable.value", "[unchanged]")
                        .records(update(1, UNAVAILABLE, "[unchanged]"))
                        .rows(row(1, UNAVAILABLE, "old")),
                named("an unsent value of a jsonb column leaves it as it is")
                        .given("CREATE TABLE items (id int PRIMARY KEY, item text, big jsonb)")
                        .given("INSERT INTO items VALUES (1, 'pen', '{}')")
                        .records(update(1, "ink", UNAVAILABLE))
                        .rows(row(1, "ink", "{}")),
                named("an unsent value of bytes leaves them as they are")
                        .given("CREATE TABLE items (id int PRIMARY KEY, big bytea)")
                        .given("INSERT INTO items VALUES (1, '\\x01')")
                        .records(struct("id", 1, "big", UNAVAILABLE.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .rows(row(1, "\\x01")),
                named("a null is NULL, whatever the default of the source's column")
                        .given(ITEMS)
                        .records(event("c", null, Values.named("v", "id", 1, "item", noneWithDefault()))
                                .keyStruct("id", 1))
                        .rows(row(1, null, null)),
                named("a null of a flattened record is the default, as in other sinks")
                        .given(ITEMS)
                        .records(struct("id", 1, "item", noneWithDefault()))
                        .rows(row(1, "standard", null)),
                named("a null of a flattened record is NULL if it is to be")
                        .given(ITEMS)
                        .with("replace.null.with.default", "false")
                        .records(struct("id", 1, "item", noneWithDefault()))
                        .rows(row(1, null, null)));
    }

    private static org.apache.kafka.connect.data.SchemaAndValue noneWithDefault() {
        Schema schema =
                SchemaBuilder.string().optional().defaultValue("standard").build();
        return typed(schema, null);
    }

    private static Case deleting(String name) {
        return named(name).given(ITEMS).with("delete.enabled", "true");
    }
}
