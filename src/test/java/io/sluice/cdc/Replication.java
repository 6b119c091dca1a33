package io.sluice.cdc;

import io.sluice.cdc.Limit.Occurrence;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.ConsumerGroup;
import io.sluice.harness.Database;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One route at work: Debezium's connector, ours, and the copy. */
final class Replication {

    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

    /** Tables without a key can only be added to. */
    private static final String KEYLESS = "(bench\\.pgbench_history|typed\\.keyless)";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final Scenario test;
    private final Route route;
    private final Database source;
    private final Database copy;
    private final Connector debezium;
    private final Connector sink;
    private final Connector keylessSink;

    /** Nothing runs yet. */
    Replication(Scenario test, ConnectWorker worker, Route route, Database source) {
        this.test = test;
        this.route = route;
        this.source = source;
        this.copy = test.database(route.name());
        this.debezium = test.connector(worker, route.name());
        this.sink = test.connector(worker, route.name() + "_sink");
        this.keylessSink = test.connector(worker, route.name() + "_keyless_sink");
    }

    String name() {
        return route.name();
    }

    /** Begins to read and to write, with the snapshot first. */
    void start() {
        switch (route.tables()) {
            case MADE_BEFORE -> Source.createTables(copy);
            case MADE_BY_THE_SINK -> Source.createSchemas(copy);
        }
        debezium.configure(debeziumConfig());
        sink.configure(sinkConfig("(?!" + KEYLESS + "$).*", Map.of()));
        keylessSink.configure(
                sinkConfig(KEYLESS, Map.of("insert.mode", "insert", "pk.mode", "none", "delete.enabled", "false")));
    }

    /** Prepares the copy for a column that the source is about to get, where that is not the sink's business. */
    void evolve(Evolution step) {
        switch (route.tables()) {
            case MADE_BEFORE -> copy.execute(step.sql());
            case MADE_BY_THE_SINK -> {}
        }
    }

    void requireRunning() {
        debezium.awaitRunning();
        sink.awaitRunning();
        keylessSink.awaitRunning();
    }

    /** Waits until all that has happened in the source is in the copy: the marker is the last of it. */
    void finish() {
        test.await().within(PATIENCE).until("the marker in the copy of " + route.name(), this::hasMarker);
        for (Topic topic : topics()) {
            boolean keyless = topic.name().matches(".*\\." + KEYLESS);
            ConsumerGroup group = (keyless ? keylessSink : sink).group(test.broker());
            test.await().within(PATIENCE).until("lag 0 of " + topic.name(), () -> group.lag(topic) == 0);
        }
        sink.awaitRunning();
        keylessSink.awaitRunning();
    }

    /**
     * What is different between source and copy, in words, once the last changes have had their time: the marker may
     * overtake changes of other topics in the source's producer.
     */
    List<String> differences() {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        List<String> differences = comparison().differences();
        while (!differences.isEmpty() && System.nanoTime() < deadline) {
            differences = comparison().differences();
        }
        return differences;
    }

    /** Limits without which the copy would be equal too, and which therefore have no reason. */
    List<Limit> needlessLimits() {
        return route.limits().stream()
                .filter(limit -> limit.occurrence() == Occurrence.ALWAYS)
                .filter(limit ->
                        comparison().without(limit).differences(limit.table()).isEmpty())
                .toList();
    }

    private Comparison comparison() {
        return new Comparison(source, copy, route.leftOut(), route.limits());
    }

    private boolean hasMarker() {
        for (Connector connector : List.of(debezium, sink, keylessSink)) {
            if (connector.status().hasFailed()) {
                throw new AssertionError(connector.name() + ": " + connector.status());
            }
        }
        return copy.number("SELECT count(*) FROM typed.marker") == 1;
    }

    /** The topics of those tables that have had a change or a row. */
    private List<Topic> topics() {
        return test.broker().topicNames(debezium.name() + ".").stream()
                .map(test::foreignTopic)
                .toList();
    }

    private Map<String, String> debeziumConfig() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        config.put("plugin.name", "pgoutput");
        config.put("database.hostname", source.host());
        config.put("database.port", Integer.toString(source.port()));
        config.put("database.user", source.user());
        config.put("database.password", source.password());
        config.put("database.dbname", source.name());
        config.put("topic.prefix", debezium.name());
        config.put("slot.name", debezium.name());
        config.put("publication.name", debezium.name());
        config.put("skipped.operations", "none");
        // A warning with its trace for each value of a known limit would be most of the worker's log.
        config.put("event.converting.failure.handling.mode", "skip");
        config.put("poll.interval.ms", "50");
        config.put("max.queue.size.in.bytes", "33554432");
        config.put("topic.creation.default.partitions", "1");
        config.put("topic.creation.default.replication.factor", "1");
        config.put("topic.creation.groups", "bench");
        config.put("topic.creation.bench.include", ".*\\.bench\\..*");
        config.put("topic.creation.bench.partitions", "3");
        config.put("column.exclude.list", columnsNotStreamed());
        config.putAll(converters());
        config.putAll(route.debezium());
        return config;
    }

    private String columnsNotStreamed() {
        return route.limits().stream()
                .filter(limit -> !limit.isStreamed())
                .map(limit -> Pattern.quote(limit.table() + "." + limit.column()))
                .collect(Collectors.joining(","));
    }

    /** A sink of those topics, by their names after the prefix. */
    private Map<String, String> sinkConfig(String topics, Map<String, String> more) {
        Map<String, String> config = new LinkedHashMap<>(copy.connectionConfig());
        config.put("connector.class", "io.sluice.PostgresSinkConnector");
        config.put("tasks.max", "2");
        config.put("topics.regex", debezium.name() + "\\." + topics);
        config.put("consumer.override.metadata.max.age.ms", "1000");
        config.putAll(converters());
        route.sink().forEach((key, value) -> config.put(key, value.replace(Route.PREFIX, debezium.name())));
        config.putAll(more);
        return config;
    }

    private static Map<String, String> converters() {
        Map<String, String> converters = new LinkedHashMap<>();
        for (String side : List.of("key", "value")) {
            converters.put(side + ".converter", JSON);
            converters.put(side + ".converter.schemas.enable", "true");
            converters.put(side + ".converter.replace.null.with.default", "false");
        }
        return converters;
    }
}
