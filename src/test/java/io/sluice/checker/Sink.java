package io.sluice.checker;

import io.sluice.harness.Database;
import java.util.LinkedHashMap;
import java.util.Map;

/** A sink that is checked, in one of its guarantees. */
enum Sink {
    EXACTLY_ONCE("exactly_once"),
    AT_LEAST_ONCE("at_least_once"),
    AT_MOST_ONCE("at_most_once"),
    /**
     * Debezium's sink, held against what exactly once would promise. It is at least once, so that violations have to be
     * found, or the checker sees nothing. Its tasks fail in an outage and stay failed: the checker counts that, and starts
     * them again, so that the rest of what it does can be seen too.
     */
    DEBEZIUM("");

    private final String guarantee;

    Sink(String guarantee) {
        this.guarantee = guarantee;
    }

    /** Whether each record is to be there. */
    boolean losesNothing() {
        return this != AT_MOST_ONCE;
    }

    /** Whether no record may have an effect twice. */
    boolean doublesNothing() {
        return this == EXACTLY_ONCE || this == AT_MOST_ONCE || this == DEBEZIUM;
    }

    /** Whether tasks go on by themselves after whatever happens. */
    boolean needsNoHuman() {
        return this != DEBEZIUM;
    }

    /** Whether the ledger is to be what the tables are at any moment. */
    boolean hasLedger() {
        return this == EXACTLY_ONCE;
    }

    /** Whether a record that a table refuses costs that record, which is kept as a dead letter, and nothing else. */
    boolean keepsBadRecords() {
        return this != DEBEZIUM;
    }

    /** Rows of records that are appended, with the place in the log where each comes from. */
    Map<String, String> appending(Database database) {
        Map<String, String> config = new LinkedHashMap<>(common(database));
        config.put("insert.mode", "insert");
        config.put(this == DEBEZIUM ? "primary.key.mode" : "pk.mode", "none");
        config.put(nameFormat(), Tables.APPENDED);
        return config;
    }

    /** Rows by key. */
    Map<String, String> upserting(Database database) {
        Map<String, String> config = new LinkedHashMap<>(common(database));
        config.put("insert.mode", "upsert");
        config.put(this == DEBEZIUM ? "primary.key.mode" : "pk.mode", "record_value");
        config.put(this == DEBEZIUM ? "primary.key.fields" : "pk.fields", "key");
        config.put(nameFormat(), Tables.UPSERTED);
        return config;
    }

    private String nameFormat() {
        return this == DEBEZIUM ? "collection.name.format" : "table.name.format";
    }

    private Map<String, String> common(Database database) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("consumer.override.session.timeout.ms", "6000");
        config.put("consumer.override.heartbeat.interval.ms", "1000");
        config.put("consumer.override.isolation.level", "read_committed");
        config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("value.converter.schemas.enable", "true");
        config.put("tasks.max", "2");
        if (this == DEBEZIUM) {
            config.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
            // A text goes into a uuid.
            config.put(
                    "connection.url",
                    database.url() + (database.url().contains("?") ? "&" : "?") + "stringtype=unspecified");
            config.put("connection.username", database.user());
            config.put("connection.password", database.password());
            config.put("schema.evolution", "none");
            return config;
        }
        config.putAll(database.connectionConfig());
        config.put("connector.class", "io.sluice.PostgresSinkConnector");
        config.put("delivery.guarantee", guarantee);
        config.put("batch.size", "500");
        config.put("errors.tolerance", "all");
        config.put("errors.table", Tables.LETTERS);
        config.put("retry.backoff.max.ms", "1000");
        return config;
    }
}
