package io.sluice.migration;

import static io.sluice.harness.Database.row;
import static io.sluice.migration.Records.deleted;
import static io.sluice.migration.Records.key;
import static io.sluice.migration.Records.keyed;
import static io.sluice.migration.Records.value;

import java.util.Date;
import java.util.stream.Stream;

/** Configurations for PostgreSQL in the documentation and the tutorials of Aiven's JDBC sink. */
final class AivenConfigurations {
    private AivenConfigurations() {}

    static Stream<Incumbent> all() {
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
                        .records(value("text", "Hello", "sent_at", new Date(1_560_507_792_000L)))
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
}
