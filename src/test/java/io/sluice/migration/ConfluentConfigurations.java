package io.sluice.migration;

import static io.sluice.harness.Database.row;
import static io.sluice.migration.Records.deleted;
import static io.sluice.migration.Records.key;
import static io.sluice.migration.Records.keyed;
import static io.sluice.migration.Records.value;

import java.util.stream.Stream;

/** Configurations for PostgreSQL in the documentation and the demonstrations of Confluent's JDBC sink. */
final class ConfluentConfigurations {
    private static final String STRING = "org.apache.kafka.connect.storage.StringConverter";

    private ConfluentConfigurations() {}

    static Stream<Incumbent> all() {
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
}
