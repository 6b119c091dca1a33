package io.sluice.acceptance;

import static io.sluice.harness.Database.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every key mode, with writes and deletes. */
@ExtendWith(HarnessExtension.class)
final class KeysIT {

    @Test
    void autoTakesThePrimaryKeyFromTheValue(Scenario test) {
        Topic topic = test.topic("orders", 2);
        Database database = test.database();
        database.execute("CREATE TABLE orders (id bigint PRIMARY KEY, item text, price numeric)");
        test.startSink(topic, Map.of("table.name.format", "orders"));

        topic.send(
                Message.json(Map.of("id", 1, "item", "pen", "price", 2.5)),
                Message.json(Map.of("id", 2, "item", "ink", "price", 10)),
                Message.json(Map.of("id", 9_007_199_254_740_993L, "item", "größer als ein double")));

        test.await().until("three rows", () -> database.count("orders") == 3);
        assertThat(database.rows("SELECT id, item, price::text FROM orders ORDER BY id"))
                .containsExactly(
                        row(1L, "pen", "2.5"),
                        row(2L, "ink", "10"),
                        row(9_007_199_254_740_993L, "größer als ein double", null));
    }

    @Test
    void autoTakesAPrimitiveRecordKeyForTheOnePrimaryKeyColumn(Scenario test) {
        Topic topic = test.topic("orders", 1);
        Database database = test.database();
        database.execute("CREATE TABLE orders (code text PRIMARY KEY, item text)");
        test.startSink(
                topic,
                Map.of(
                        "table.name.format",
                        "orders",
                        "key.converter",
                        "org.apache.kafka.connect.storage.StringConverter",
                        "delete.enabled",
                        "true"));

        topic.send(
                Message.json(Map.of("item", "pen")).keyText("a"),
                Message.json(Map.of("item", "ink")).keyText("b"),
                Message.tombstone().keyText("a"),
                Message.json(Map.of("item", "paper")).keyText("c"));

        test.await()
                .until(
                        "b and c to be left",
                        () -> database.column("SELECT code FROM orders ORDER BY code")
                                .equals(row("b", "c")));
    }

    @Test
    void recordKeyCreatesTheTableWithTheKeysFields(Scenario test) {
        Topic topic = test.topic("orders", 1);
        Schema keySchema =
                SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
        Schema schema = SchemaBuilder.struct()
                .field("item", Schema.STRING_SCHEMA)
                .field("note", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Connector sink = test.startSink(
                topic,
                Map.of(
                        "table.name.format", "made",
                        "pk.mode", "record_key",
                        "auto.create", "true",
                        "key.converter", "org.apache.kafka.connect.json.JsonConverter",
                        "key.converter.schemas.enable", "true",
                        "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                        "value.converter.schemas.enable", "true",
                        "delete.enabled", "true"));

        topic.send(
                5,
                i -> Message.struct(schema, new Struct(schema).put("item", "item " + i))
                        .keyStruct(keySchema, new Struct(keySchema).put("id", i)));
        topic.send(Message.tombstone().keyStruct(keySchema, new Struct(keySchema).put("id", 3)));

        Database database = test.database();
        test.await().until("the deletion", () -> sink.group(test.broker()).lag(topic) == 0);
        assertThat(database.rows("SELECT id, item, note FROM made ORDER BY id"))
                .containsExactly(
                        row(0, "item 0", null), row(1, "item 1", null), row(2, "item 2", null), row(4, "item 4", null));
        assertThat(database.rows("""
                        SELECT column_name::text, data_type::text, is_nullable::text
                        FROM information_schema.columns WHERE table_name = 'made' ORDER BY ordinal_position"""))
                .containsExactly(row("id", "integer", "NO"), row("item", "text", "NO"), row("note", "text", "YES"));
    }
}
