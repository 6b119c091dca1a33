package io.sluice.migration;

import static io.sluice.harness.Database.row;
import static io.sluice.migration.Records.deleted;
import static io.sluice.migration.Records.key;
import static io.sluice.migration.Records.keyed;
import static io.sluice.migration.Records.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever comes from another connector changes {@code connector.class} and keeps the rest. */
@ExtendWith(HarnessExtension.class)
final class IncumbentConfigurationsIT {
    private static final String STRING = "org.apache.kafka.connect.storage.StringConverter";

    @ParameterizedTest
    @MethodSource({"confluent", "aiven", "debezium"})
    void isValidAndWritesTheRightTable(Incumbent incumbent, Scenario test) {
        Database database = test.database();
        Topic topic = test.topic(incumbent.topic(), 1);
        Map<String, String> config = incumbent.configFor(test, topic);
        incumbent.given().forEach(statement -> database.execute(Incumbent.own(test, topic, statement)));
        topic.send(incumbent.records().toArray(new Message[0]));

        assertThat(test.worker().rest().errorsOf(named(config))).isEmpty();
        Connector sink = test.connector("sink").configure(config).awaitRunning();

        test.await()
                .until(
                        "all records to be written",
                        () -> sink.status().hasFailed()
                                || sink.group(test.broker()).lag(topic) == 0);
        sink.awaitRunning();
        assertThat(database.rows(Incumbent.own(test, topic, incumbent.query()))).isEqualTo(incumbent.rows());
    }

    /** Both of the older sinks insert without a key by default. Ours does so only when told, since it cannot be repeated. */
    @Test
    void withoutKeyAndModeTheFirstRecordSaysWhatToSet(Scenario test) {
        Topic topic = test.topic("orders", 1);
        Map<String, String> config = Incumbent.of(
                        "Confluent, JDBC sink connector, quick start",
                        "orders",
                        "connection.url",
                        "<url>?user=<user>&password=<password>",
                        "auto.create",
                        "true")
                .configFor(test, topic);
        topic.send(value("id", 999, "product", "foo", "quantity", 100, "price", 50.0f));

        Connector sink = test.connector("sink").configure(config);

        assertThat(sink.awaitFailedTask()).contains("no key", "insert.mode=insert");
        config.put("insert.mode", "insert");
        sink.configure(config);
        test.await().until("the row", () -> sink.group(test.broker()).lag(topic) == 0);
        assertThat(test.database().rows("SELECT id, product, quantity, price FROM \"" + topic.name() + '"'))
                .containsExactly(row(999, "foo", 100, 50.0f));
    }

    static Stream<Incumbent> confluent() {
        return Stream.of(
                Incumbent.of(
                                "Confluent, configuration reference, insert.mode upsert with pk.mode record_value",
                                "orders",
                                "connection.url",
                                "<url>",
                                "connection.user",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "dialect.name",
                                "PostgreSqlDatabaseDialect",
                                "auto.create",
                                "true",
                                "auto.evolve",
                                "true",
                                "insert.mode",
                                "upsert",
                                "pk.mode",
                                "record_value",
                                "pk.fields",
                                "id",
                                "batch.size",
                                "3000",
                                "max.retries",
                                "10",
                                "retry.backoff.ms",
                                "3000")
                        .records(value("id", 1, "product", "pen"), value("id", 1, "product", "ink"))
                        .gives("SELECT id, product FROM \"<topic>\"", row(1, "ink")),
                Incumbent.of(
                                "Confluent, JDBC sink connector, delete mode",
                                "customers",
                                "connection.url",
                                "<url>?user=<user>&password=<password>",
                                "auto.create",
                                "true",
                                "insert.mode",
                                "upsert",
                                "delete.enabled",
                                "true",
                                "pk.mode",
                                "record_key",
                                "pk.fields",
                                "id")
                        .records(
                                keyed(key("id", 1), "name", "Ada"),
                                keyed(key("id", 2), "name", "Bob"),
                                deleted(key("id", 1)))
                        .gives("SELECT id, name FROM \"<topic>\"", row(2, "Bob")),
                Incumbent.of(
                                "Confluent, demo-scene, kafka-to-database, upsert by a primitive key",
                                "test01",
                                "key.converter",
                                STRING,
                                "connection.url",
                                "<url>",
                                "connection.user",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "auto.create",
                                "true",
                                "auto.evolve",
                                "true",
                                "insert.mode",
                                "upsert",
                                "pk.mode",
                                "record_key",
                                "pk.fields",
                                "MESSAGE_KEY")
                        .records(
                                value("COL1", 1, "COL2", "FOO").keyText("X"),
                                value("COL1", 2, "COL2", "BAR").keyText("Y"),
                                value("COL1", 4, "COL2", "PFF").keyText("Y"))
                        .gives(
                                "SELECT \"MESSAGE_KEY\", \"COL1\", \"COL2\" FROM \"<topic>\" ORDER BY 1",
                                row("X", 1, "FOO"),
                                row("Y", 4, "PFF")),
                Incumbent.of(
                                "Confluent, demo-scene, kafka-to-database, JSON with a schema",
                                "some_json_data_with_a_schema",
                                "key.converter",
                                STRING,
                                "value.converter",
                                "org.apache.kafka.connect.json.JsonConverter",
                                "value.converter.schemas.enable",
                                "true",
                                "connection.url",
                                "<url>",
                                "connection.user",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "auto.create",
                                "true",
                                "auto.evolve",
                                "true",
                                "insert.mode",
                                "insert")
                        .records(
                                value("ID", "1", "Artist", "Rick Astley").keyText("k"),
                                value("ID", "1", "Artist", "Rick Astley").keyText("k"))
                        .gives(
                                "SELECT \"ID\", \"Artist\" FROM \"<topic>\"",
                                row("1", "Rick Astley"),
                                row("1", "Rick Astley")),
                Incumbent.of(
                                "Confluent, demo-scene, kafka-to-database, fields added by a transformation",
                                "test01",
                                "key.converter",
                                STRING,
                                "connection.url",
                                "<url>",
                                "connection.user",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "auto.create",
                                "true",
                                "auto.evolve",
                                "true",
                                "insert.mode",
                                "upsert",
                                "pk.mode",
                                "record_key",
                                "pk.fields",
                                "MESSAGE_KEY",
                                "transforms",
                                "addSome",
                                "transforms.addSome.type",
                                "org.apache.kafka.connect.transforms.InsertField$Value",
                                "transforms.addSome.partition.field",
                                "_partition")
                        .records(value("COL1", 1).keyText("X"))
                        .gives("SELECT \"MESSAGE_KEY\", \"COL1\", _partition FROM \"<topic>\"", row("X", 1, 0)),
                Incumbent.of(
                                "Confluent, configuration reference, pk.mode kafka and table.name.format",
                                "orders",
                                "connection.url",
                                "<url>",
                                "connection.user",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "connection.attempts",
                                "3",
                                "connection.backoff.ms",
                                "10000",
                                "connection.loginTimeout",
                                "10",
                                "table.types",
                                "TABLE",
                                "table.name.format",
                                "kafka_${topic}",
                                "auto.create",
                                "true",
                                "insert.mode",
                                "insert",
                                "pk.mode",
                                "kafka",
                                "pk.fields",
                                "__connect_topic,__connect_partition,__connect_offset",
                                "fields.whitelist",
                                "id,product")
                        .records(value("id", 1, "product", "pen", "secret", "x"))
                        .gives(
                                "SELECT __connect_partition, __connect_offset, id, product FROM \"kafka_<topic>\"",
                                row(0, 0L, 1, "pen")),
                Incumbent.of(
                                "Confluent, configuration reference, unquoted names and epochs",
                                "Clicks",
                                "connection.url",
                                "<url>",
                                "connection.user",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "quote.sql.identifiers",
                                "NEVER",
                                "auto.create",
                                "true",
                                "insert.mode",
                                "insert",
                                "pk.mode",
                                "none",
                                "pk.fields",
                                "",
                                "db.timezone",
                                "UTC",
                                "date.timezone",
                                "DB_TIMEZONE",
                                "date.calendar.system",
                                "LEGACY",
                                "timestamp.fields.list",
                                "At",
                                "timestamp.precision.mode",
                                "MICROSECONDS",
                                "replace.null.with.default",
                                "true",
                                "mssql.use.merge.holdlock",
                                "true",
                                "trim.sensitive.log",
                                "false")
                        .records(value("Id", 1, "At", 1_700_000_000_123_456L))
                        .gives("SELECT id, at::text FROM <topic>", row(1, "2023-11-14 22:13:20.123456")));
    }

    static Stream<Incumbent> aiven() {
        return Stream.of(
                Incumbent.of(
                                "Aiven, docs/sink-connector.md, example",
                                "messages",
                                "key.converter",
                                "org.apache.kafka.connect.json.JsonConverter",
                                "value.converter",
                                "org.apache.kafka.connect.json.JsonConverter",
                                "value.converter.schemas.enable",
                                "true",
                                "connection.url",
                                "<url>?user=<user>&password=<password>",
                                "insert.mode",
                                "insert")
                        .given("CREATE TABLE \"<topic>\" (text VARCHAR, sent_at TIMESTAMP)")
                        .records(value("text", "Hello", "sent_at", new java.util.Date(1_560_507_792_000L)))
                        .gives("SELECT text, sent_at::text FROM \"<topic>\"", row("Hello", "2019-06-14 10:23:12")),
                Incumbent.of(
                                "Aiven, how-to, sink to PostgreSQL of a topic with a JSON schema",
                                "iot_measurements",
                                "connection.url",
                                "<url>?sslmode=prefer",
                                "connection.user",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "tasks.max",
                                "1",
                                "auto.create",
                                "true",
                                "auto.evolve",
                                "true",
                                "insert.mode",
                                "upsert",
                                "delete.enabled",
                                "false",
                                "pk.mode",
                                "record_value",
                                "pk.fields",
                                "iot_id",
                                "value.converter",
                                "org.apache.kafka.connect.json.JsonConverter")
                        .records(
                                value("iot_id", 1L, "metric", "Temperature", "measurement", 14),
                                value("iot_id", 2L, "metric", "Humidity", "measurement", 60))
                        .gives(
                                "SELECT iot_id, metric, measurement FROM \"<topic>\" ORDER BY 1",
                                row(1L, "Temperature", 14),
                                row(2L, "Humidity", 60)),
                Incumbent.of(
                                "Aiven, how-to, JDBC sink with deletes by a key of two fields",
                                "students",
                                "connection.url",
                                "<url>",
                                "connection.user",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "tasks.max",
                                "1",
                                "auto.create",
                                "true",
                                "auto.evolve",
                                "true",
                                "insert.mode",
                                "upsert",
                                "delete.enabled",
                                "true",
                                "pk.mode",
                                "record_key",
                                "pk.fields",
                                "field1,field2")
                        .records(
                                keyed(key("field1", 1, "field2", "a"), "exam", "Math"),
                                keyed(key("field1", 1, "field2", "b"), "exam", "Latin"),
                                deleted(key("field1", 1, "field2", "a")))
                        .gives("SELECT field1, field2, exam FROM \"<topic>\"", row(1, "b", "Latin")),
                Incumbent.of(
                                "Aiven, fish and chips tutorial, table.name.normalize",
                                "demo5-cod-and-chips",
                                "table.name.normalize",
                                "true",
                                "connection.url",
                                "<url>?sslmode=prefer",
                                "connection.user",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "tasks.max",
                                "1",
                                "auto.create",
                                "true",
                                "auto.evolve",
                                "false",
                                "insert.mode",
                                "insert",
                                "delete.enabled",
                                "false",
                                "pk.mode",
                                "record_value",
                                "pk.fields",
                                "order_time",
                                "value.converter",
                                "org.apache.kafka.connect.json.JsonConverter")
                        .records(value("order_time", 7L, "count", 2))
                        .gives(
                                "SELECT relname::text LIKE '%demo5_cod_and_chips' FROM pg_class WHERE relkind = 'r' AND"
                                        + " relname LIKE '%chips'",
                                row(true)),
                Incumbent.of(
                                "Aiven, configuration reference, multi mode and topics.to.tables.mapping",
                                "events",
                                "connection.url",
                                "<url>",
                                "connection.user",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "dialect.name",
                                "",
                                "sql.quote.identifiers",
                                "true",
                                "topics.to.tables.mapping",
                                "<topic>:log.Events",
                                "auto.create",
                                "true",
                                "insert.mode",
                                "multi",
                                "batch.size",
                                "3000",
                                "fields.whitelist",
                                "")
                        .given("CREATE SCHEMA log")
                        .records(value("id", 1), value("id", 1))
                        .gives("SELECT id FROM log.\"Events\"", row(1), row(1)));
    }

    static Stream<Incumbent> debezium() {
        return Stream.of(
                Incumbent.of(
                                "Debezium, JDBC connector, configuration example",
                                "orders",
                                "tasks.max",
                                "1",
                                "connection.url",
                                "<url>",
                                "connection.username",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "insert.mode",
                                "upsert",
                                "delete.enabled",
                                "true",
                                "primary.key.mode",
                                "record_key",
                                "schema.evolution",
                                "basic",
                                "use.time.zone",
                                "UTC")
                        .records(
                                Records.event("c", key("id", 1), null, Records.row("id", 1, "item", "pen")),
                                Records.event("c", key("id", 2), null, Records.row("id", 2, "item", "ink")),
                                Records.event("u", key("id", 2), null, Records.row("id", 2, "item", "blue ink")),
                                Records.event("d", key("id", 1), Records.row("id", 1, "item", "pen"), null),
                                deleted(key("id", 1)))
                        .gives("SELECT id, item FROM \"<topic>\"", row(2, "blue ink")),
                Incumbent.of(
                                "Debezium, examples, milvus-to-pgvector/sink-postgres.json",
                                "milvus.default.products",
                                "tasks.max",
                                "1",
                                "connection.url",
                                "<url>",
                                "connection.username",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "insert.mode",
                                "upsert",
                                "primary.key.mode",
                                "record_key",
                                "primary.key.fields",
                                "pk",
                                "delete.enabled",
                                "true",
                                "schema.evolution",
                                "basic",
                                "collection.name.format",
                                "products")
                        .records(Records.event("r", key("pk", 5L), null, Records.row("pk", 5L, "name", "pen")))
                        .gives("SELECT pk, name FROM products", row(5L, "pen")),
                Incumbent.of(
                                "Debezium, JDBC connector, connection pool, reduction buffer and field lists",
                                "server1.inventory.customers",
                                "connection.url",
                                "<url>",
                                "connection.username",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "connection.provider",
                                "org.hibernate.c3p0.internal.C3P0ConnectionProvider",
                                "connection.pool.min_size",
                                "5",
                                "connection.pool.max_size",
                                "32",
                                "connection.pool.timeout",
                                "1800",
                                "connection.restart.on.errors",
                                "true",
                                "hibernate.connection.isolation",
                                "2",
                                "use.reduction.buffer",
                                "true",
                                "flush.max.retries",
                                "5",
                                "flush.retry.delay.ms",
                                "1000",
                                "dialect.postgres.postgis.schema",
                                "public",
                                "collection.naming.strategy",
                                "io.debezium.connector.jdbc.naming.DefaultCollectionNamingStrategy",
                                "column.naming.strategy",
                                "io.debezium.connector.jdbc.naming.DefaultColumnNamingStrategy",
                                "quote.identifiers",
                                "false",
                                "truncate.enabled",
                                "true",
                                "insert.mode",
                                "upsert",
                                "primary.key.mode",
                                "record_value",
                                "primary.key.fields",
                                "id",
                                "schema.evolution",
                                "basic",
                                "database.time_zone",
                                "UTC",
                                "field.include.list",
                                "<topic>:id,<topic>:Name")
                        .records(Records.event("c", key("id", 1), null, Records.row("id", 1, "Name", "Ada", "age", 36)))
                        .gives(
                                "SELECT column_name::text FROM information_schema.columns WHERE table_name LIKE"
                                        + " '%\\_server1\\_inventory\\_customers' ORDER BY 1",
                                row("id"), row("name")),
                Incumbent.of(
                                "Debezium, JDBC connector, quote.identifiers and collection.name.format with a schema",
                                "server1.inventory.orders",
                                "connection.url",
                                "<url>",
                                "connection.username",
                                "<user>",
                                "connection.password",
                                "<password>",
                                "quote.identifiers",
                                "true",
                                "insert.mode",
                                "insert",
                                "primary.key.mode",
                                "kafka",
                                "schema.evolution",
                                "basic",
                                "collection.name.format",
                                "${source.schema}.${source.table}")
                        .given("CREATE SCHEMA shop")
                        .records(Records.event("c", key("id", 1), null, Records.row("id", 1, "item", "pen")))
                        .gives("SELECT __connect_partition, id, item FROM shop.rows", row(0, 1, "pen")));
    }

    private static Map<String, String> named(Map<String, String> config) {
        Map<String, String> named = new LinkedHashMap<>(config);
        named.put("name", "incumbent");
        return named;
    }
}
