package io.sluice.benchmark;

import io.sluice.benchmark.plugin.DroppingConnector;
import io.sluice.benchmark.plugin.KeyConverter;
import io.sluice.benchmark.plugin.RowConverter;
import io.sluice.harness.Database;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The configurations of the sinks that are compared. */
final class Sinks {

    static final String SLUICE = "sluice";
    static final String BASELINE = "sluice-baseline";
    /** An earlier build is installed under this version, which no build of ours has. */
    static final String BASELINE_VERSION = "0.0.1";

    static final String DEBEZIUM = "debezium";
    static final String DROP = "drop";
    static final String LOADER = "loader";

    /** What all of them get: large polls. Everything else of the consumer is Connect's default. */
    static final Map<String, String> CONSUMER = Map.of("consumer.override.max.poll.records", "10000");

    private static final String REWRITE = "?reWriteBatchedInserts=true";

    private Sinks() {}

    /** Topics, converters and consumer of one run, the same for all. */
    static Map<String, String> feed(Feed feed, Path stopwatch) {
        Map<String, String> config = new HashMap<>(CONSUMER);
        config.put("tasks.max", "1");
        config.put("topics", String.join(",", feed.tables()));
        config.put(
                "key.converter",
                feed.format() == Format.CHANGE_EVENTS
                        ? KeyConverter.class.getName()
                        : "org.apache.kafka.connect.converters.LongConverter");
        config.put("value.converter", RowConverter.class.getName());
        config.put("value.converter.form", feed.format().converterForm());
        config.put("value.converter.stopwatch", stopwatch.toString());
        config.put("value.converter.expected", Long.toString(feed.records()));
        return config;
    }

    static SetUp drop() {
        return new SetUp("", Map.of("connector.class", DroppingConnector.class.getName()));
    }

    /** Sluice with its defaults, but for these settings. */
    static SetUp sluice(Database database, Map<String, String> settings) {
        String remark = settings.isEmpty()
                ? "defaults"
                : settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .sorted()
                        .collect(Collectors.joining(", "));
        return new SetUp(remark, settings)
                .with(database.connectionConfig())
                .with(Map.of("connector.class", "io.sluice.PostgresSinkConnector"));
    }

    /** Debezium's sink in the set-ups that are worth a try. Which is the fastest depends on the rows. */
    static List<SetUp> debezium(Database database) {
        Map<String, String> common = Map.of(
                "connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector",
                "connection.url", database.url(),
                "connection.username", database.user(),
                "connection.password", database.password(),
                "insert.mode", "upsert",
                "primary.key.mode", "record_value",
                "primary.key.fields", "id",
                "use.reduction.buffer", "true",
                "batch.size", "10000");
        return List.of(
                new SetUp("reduction buffer, rewritten inserts", common)
                        .with(Map.of("connection.url", database.url() + REWRITE)),
                new SetUp("reduction buffer, unnest", common)
                        .with(Map.of("dialect.postgres.unnest.insert.enabled", "true")));
    }
}
