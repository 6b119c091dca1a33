package io.sluice.acceptance;

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
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a source says of itself and of its tables: no rows, no errors, and no tables made of it. */
@ExtendWith(CasesExtension.class)
final class HousekeepingIT {
    private static final String ITEMS = "CREATE TABLE items (id int PRIMARY KEY, item text, big text)";
    private static final String SOURCE = "{\"version\":\"3.0\",\"connector\":\"mysql\",\"name\":\"s\",\"db\":\"d\"}";
    private static final String TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";

    @TestFactory
    Stream<DynamicTest> withSchemas(Cases cases) {
        List<Case> all = new ArrayList<>();
        for (String format : List.of("auto", "struct", "debezium")) {
            all.add(named("records with schemas are skipped with record.format=" + format)
                    .with("record.format", format, "auto.create", "true", "pk.mode", "record_key")
                    .records(structs())
                    .expect(TABLES, 0));
        }
        all.add(named("records with schemas are skipped between rows")
                .given(ITEMS)
                .with("record.format", "debezium")
                .records(ChangeEvents.create(1, "pen", "a"))
                .records(structs())
                .records(ChangeEvents.create(2, "ink", "b"))
                .rows(row(1, "pen", "a"), row(2, "ink", "b")));
        all.add(named("a heartbeat that has lost its schema's name is skipped with record.format=debezium")
                .given(ITEMS)
                .with("record.format", "debezium")
                .records(value(Values.struct("ts_ms", 5L)), ChangeEvents.create(1, "pen", "a"))
                .rows(row(1, "pen", "a")));
        all.add(named("a row with a name of its own is no heartbeat")
                .given("CREATE TABLE items (ts_ms bigint PRIMARY KEY)")
                .records(value(Values.struct("ts_ms", 5L)))
                .rows(5));
        all.add(named("a Struct that is no change event stays bad with record.format=debezium")
                .given(ITEMS)
                .with("record.format", "debezium")
                .records(value(Values.struct("id", 5, "ts_ms", 5L)))
                .fails("no change event"));
        return cases.run("with schemas", all.toArray(Case[]::new));
    }

    @TestFactory
    Stream<DynamicTest> withoutSchemas(Cases cases) {
        List<Case> all = new ArrayList<>();
        for (String format : List.of("auto", "json", "debezium")) {
            all.add(named("records without schemas are skipped with record.format=" + format)
                    .with(
                            "record.format",
                            format,
                            "auto.create",
                            "true",
                            "pk.mode",
                            "record_key",
                            "delete.enabled",
                            "true")
                    .records(maps())
                    .expect(TABLES, 0));
        }
        all.add(named("records without schemas are skipped between rows")
                .given(ITEMS)
                .with("record.format", "debezium")
                .records(jsonText("{\"op\":\"c\",\"after\":{\"id\":1,\"item\":\"pen\"}}"))
                .records(maps())
                .records(jsonText("{\"op\":\"c\",\"after\":{\"id\":2,\"item\":\"ink\"}}"))
                .rows(row(1, "pen", null), row(2, "ink", null)));
        all.add(named("a heartbeat without schema and key is skipped with record.format=debezium")
                .given(ITEMS)
                .with("record.format", "debezium")
                .records(jsonText("{\"ts_ms\":5}"), jsonText("{\"op\":\"c\",\"after\":{\"id\":1}}"))
                .rows(row(1, null, null)));
        all.add(named("a row of a time alone is a row")
                .given("CREATE TABLE items (ts_ms bigint PRIMARY KEY)")
                .records(json("ts_ms", 5).keyJson(Map.of("id", 1)))
                .rows(5));
        all.add(named("a row with an id, a type and a status is a row")
                .given("CREATE TABLE items (id text PRIMARY KEY, type text, status text)")
                .records(json("id", "a", "type", "b", "status", "END"))
                .rows(row("a", "b", "END")));
        for (String bad : List.of(
                "{\"ts_ms\":5,\"id\":1}",
                "{\"id\":1}",
                "{\"status\":\"DONE\",\"id\":\"1\"}",
                "{\"id\":\"1\",\"type\":\"x\"}",
                "{}")) {
            all.add(named("stays bad with record.format=debezium: " + bad)
                    .given(ITEMS)
                    .with("record.format", "debezium")
                    .records(jsonText(bad))
                    .fails("no change event"));
        }
        return cases.run("without schemas", all.toArray(Case[]::new));
    }

    private static Content[] structs() {
        Schema map =
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build();
        return new Content[] {
            value(Values.named("io.debezium.connector.common.Heartbeat", "ts_ms", 1L))
                    .keyStruct("serverName", "s"),
            value(Values.named("io.debezium.connector.common.TransactionMetadataValue", "status", "BEGIN", "id", "1"))
                    .keyStruct("id", "1"),
            value(Values.named("io.debezium.connector.mysql.SchemaChangeValue", "databaseName", "d", "ddl", "x"))
                    .keyStruct("databaseName", "d"),
            value(Values.named(
                            "io.debezium.connector.common.Notification",
                            "id",
                            "1",
                            "type",
                            "STARTED",
                            "aggregate_type",
                            "Initial Snapshot",
                            "additional_data",
                            typed(map, Map.of("a", "b"))))
                    .keyStruct("id", "1"),
            value(Values.named("io.debezium.connector.postgresql.MessageValue", "op", "m", "ts_ms", 1L))
                    .keyStruct("prefix", "p"),
        };
    }

    private static Content[] maps() {
        return new Content[] {
            jsonText("{\"ts_ms\":5}").keyJson(Map.of("serverName", "s")),
            jsonText("{\"status\":\"BEGIN\",\"id\":\"1:2\",\"event_count\":null,\"data_collections\":null,\"ts_ms\":5}")
                    .keyJson(Map.of("id", "1:2")),
            jsonText("{\"status\":\"END\",\"id\":\"1:2\",\"event_count\":1,\"data_collections\":"
                            + "[{\"data_collection\":\"s.t\",\"event_count\":1}],\"ts_ms\":5}")
                    .keyJson(Map.of("id", "1:2")),
            jsonText("{\"source\":" + SOURCE + ",\"ts_ms\":5,\"databaseName\":\"d\",\"schemaName\":null,"
                            + "\"ddl\":\"CREATE TABLE t ()\",\"tableChanges\":[]}")
                    .keyJson(Map.of("databaseName", "d")),
            jsonText("{\"id\":\"1\",\"type\":\"STARTED\",\"aggregate_type\":\"Initial Snapshot\",\"additional_data\":"
                            + "{\"a\":\"b\"},\"timestamp\":5}")
                    .keyJson(Map.of("id", "1")),
            jsonText("{\"op\":\"m\",\"ts_ms\":5,\"source\":" + SOURCE
                            + ",\"message\":{\"prefix\":\"p\",\"content\":\"eA==\"}}")
                    .keyJson(Map.of("prefix", "p")),
        };
    }
}
