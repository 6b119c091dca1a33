package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.jsonText;
import static io.sluice.acceptance.Content.value;
import static io.sluice.acceptance.Values.typed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records whose form shows that a setting of the converter or of Sluice is missing: it is named, or not needed. */
@ExtendWith(CasesExtension.class)
final class ConverterHintsIT {
    private static final String ITEMS = "CREATE TABLE items (id int PRIMARY KEY, item text)";
    private static final String STRUCT =
            "{\"type\":\"struct\",\"fields\":[{\"field\":\"id\",\"type\":\"int32\",\"optional\":false}],\"optional\":false}";
    private static final String SOURCE = "{\"version\":\"3.0\",\"connector\":\"postgresql\",\"table\":\"t\"}";

    @TestFactory
    Stream<DynamicTest> converters(Cases cases) {
        List<Case> all = new ArrayList<>();
        String wrapped = "{\"schema\":" + STRUCT + ",\"payload\":{\"id\":1}}";
        for (String format : List.of("auto", "json", "debezium")) {
            all.add(named("a value of schema and payload names the converter's setting, record.format=" + format)
                    .given(ITEMS)
                    .with("record.format", format)
                    .records(jsonText(wrapped))
                    .fails("value.converter.schemas.enable=true"));
        }
        all.add(named("a value of schema and payload makes no table")
                .with("auto.create", "true", "insert.mode", "insert")
                .records(jsonText(wrapped))
                .fails("value.converter.schemas.enable=true"));
        all.add(named("a row with columns schema and payload is a row")
                .given("CREATE TABLE items (schema text PRIMARY KEY, payload jsonb)")
                .records(jsonText("{\"schema\":\"s\",\"payload\":{\"a\":1}}"))
                .rows(row("s", "{\"a\": 1}")));
        all.add(named("a document of schema and payload is a document")
                .given("CREATE TABLE items (doc jsonb)")
                .with("document.column", "doc", "insert.mode", "insert")
                .records(jsonText("{\"schema\":{\"type\":\"int32\"},\"payload\":1}"))
                .expect("SELECT doc ->> 'payload' FROM items", 1));
        all.add(named("a key of schema and payload names the converter's setting")
                .given(ITEMS)
                .with("pk.mode", "record_key", "pk.fields", "id")
                .records(json("item", "pen").keyJson(wrappedKey()))
                .fails("key.converter.schemas.enable=true"));
        all.add(named("a key of schema and payload names the converter's setting where the table names the key")
                .given(ITEMS)
                .records(json("item", "pen").keyJson(wrappedKey()))
                .fails("key.converter.schemas.enable=true"));
        all.add(named("a key of schema and payload makes no table")
                .with("auto.create", "true")
                .records(json("id", 1, "item", "pen").keyJson(wrappedKey()))
                .fails("key.converter.schemas.enable=true"));
        all.add(named("a key of schema and payload is not asked for where the value has the key")
                .given(ITEMS)
                .records(json("id", 1, "item", "pen").keyJson(wrappedKey()))
                .rows(row(1, "pen")));
        return cases.run("converters", all.toArray(Case[]::new));
    }

    @TestFactory
    Stream<DynamicTest> events(Cases cases) {
        return cases.run(
                "events",
                named("a change event without schema is one without record.format")
                        .given(ITEMS)
                        .with("delete.enabled", "true")
                        .records(
                                jsonText("{\"before\":null,\"after\":{\"id\":1,\"item\":\"pen\"},\"source\":" + SOURCE
                                                + ",\"op\":\"c\",\"ts_ms\":5,\"transaction\":null}")
                                        .keyJson(Map.of("id", 1)),
                                jsonText(
                                                "{\"before\":null,\"after\":{\"id\":2,\"item\":\"ink\"},\"source\":"
                                                        + SOURCE
                                                        + ",\"op\":\"r\",\"ts_ms\":5,\"ts_us\":5,\"ts_ns\":5,\"transaction\":null}")
                                        .keyJson(Map.of("id", 2)),
                                jsonText("{\"before\":{\"id\":1},\"after\":null,\"source\":" + SOURCE
                                                + ",\"op\":\"d\",\"ts_ms\":5,\"transaction\":null}")
                                        .keyJson(Map.of("id", 1)))
                        .rows(row(2, "ink")),
                named("a change event without schema and source names record.format")
                        .given(ITEMS)
                        .with("auto.create", "true")
                        .records(jsonText("{\"before\":null,\"after\":{\"id\":1},\"op\":\"c\"}")
                                .keyJson(Map.of("id", 1)))
                        .fails("record.format=debezium"),
                named("a row of a change event's fields is a row with record.format=json")
                        .given("CREATE TABLE items (op text PRIMARY KEY, after jsonb, before jsonb, source jsonb)")
                        .with("record.format", "json")
                        .records(jsonText("{\"before\":null,\"after\":{\"id\":1},\"op\":\"c\",\"source\":{\"a\":1}}"))
                        .expect("SELECT op, after FROM items", row("c", "{\"id\": 1}")),
                named("a row with fields op and after that are texts is a row")
                        .given("CREATE TABLE items (id int PRIMARY KEY, op text, after text)")
                        .records(json("id", 1, "op", "c", "after", "x"))
                        .rows(row(1, "c", "x")),
                mongo("auto"),
                mongo("debezium"),
                mongoWithoutSchema("auto"),
                mongoWithoutSchema("debezium"));
    }

    @TestFactory
    Stream<DynamicTest> numbers(Cases cases) {
        return cases.run(
                "numbers",
                named("a two is no boolean")
                        .given("CREATE TABLE items (id int PRIMARY KEY, flag boolean)")
                        .records(json("id", 1, "flag", 2))
                        .fails("\"flag\"", "smallint"),
                named("a two with a schema is no boolean")
                        .given("CREATE TABLE items (id int PRIMARY KEY, flag boolean)")
                        .records(Content.struct("id", 1, "flag", (short) 2))
                        .fails("\"flag\"", "smallint"));
    }

    private static Case mongo(String format) {
        return named("MongoDB's change event needs its transformation, record.format=" + format)
                .given(ITEMS)
                .with("record.format", format)
                .records(value(Values.named(
                                "server.shop.goods.Envelope",
                                "before",
                                typed(Schema.OPTIONAL_STRING_SCHEMA, null),
                                "after",
                                typed(Schema.OPTIONAL_STRING_SCHEMA, "{\"_id\":\"" + SECRET + "\"}"),
                                "source",
                                Values.named("io.debezium.connector.mongo.Source", "collection", "goods"),
                                "op",
                                "c"))
                        .keyStruct("id", "{\"$oid\":\"1\"}"))
                .fails("\"after\"", "ExtractNewDocumentState");
    }

    private static Case mongoWithoutSchema(String format) {
        return named("MongoDB's change event without schema needs its transformation, record.format=" + format)
                .given(ITEMS)
                .with("record.format", format)
                .records(jsonText("{\"before\":null,\"after\":\"{\\\"_id\\\": 1}\",\"updateDescription\":null,"
                                + "\"source\":" + SOURCE + ",\"op\":\"c\",\"ts_ms\":5,\"transaction\":null}")
                        .keyJson(Map.of("id", "1")))
                .fails("\"after\"", "ExtractNewDocumentState");
    }

    private static Map<String, Object> wrappedKey() {
        return Map.of("schema", Map.of("type", "struct"), "payload", Map.of("id", 1));
    }
}
