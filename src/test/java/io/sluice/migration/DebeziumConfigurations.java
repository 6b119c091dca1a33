package io.sluice.migration;

import static io.sluice.harness.Database.row;
import static io.sluice.migration.Records.deleted;
import static io.sluice.migration.Records.event;
import static io.sluice.migration.Records.key;

import java.util.stream.Stream;

/** Configurations for PostgreSQL in the documentation and the examples of Debezium's JDBC sink. */
final class DebeziumConfigurations {
    private DebeziumConfigurations() {}

    static Stream<Incumbent> all() {
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
                                event("c", key("id", 1), null, Records.row("id", 1, "item", "pen")),
                                event("c", key("id", 2), null, Records.row("id", 2, "item", "ink")),
                                event("u", key("id", 2), null, Records.row("id", 2, "item", "blue ink")),
                                event("d", key("id", 1), Records.row("id", 1, "item", "pen"), null),
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
                        .records(event("r", key("pk", 5L), null, Records.row("pk", 5L, "name", "pen")))
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
                        .records(event("c", key("id", 1), null, Records.row("id", 1, "Name", "Ada", "age", 36)))
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
                        .records(event("c", key("id", 1), null, Records.row("id", 1, "item", "pen")))
                        .gives("SELECT __connect_partition, id, item FROM shop.rows", row(0, 1, "pen")));
    }
}
