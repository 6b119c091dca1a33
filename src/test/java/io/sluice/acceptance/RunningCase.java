package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Connector;
import io.sluice.harness.ConnectorStatus;
import io.sluice.harness.Database;
import io.sluice.harness.Message;
import io.sluice.harness.RestException;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A case with its database, its topics and its connector. */
final class RunningCase {
    private static final Map<String, String> LARGE_RECORDS = Map.of("max.message.bytes", "33554432");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** One case at a time is looked at like this, */
    private static final Duration HURRIED = Duration.ofMillis(50);
    /** and many like this. */
    private static final Duration UNHURRIED = Duration.ofMillis(200);

    private final Scenario scenario;
    private final Case example;
    private final Database database;
    private final Map<String, Topic> topics = new LinkedHashMap<>();
    private final Connector connector;
    private String refusal = "";
    private final Map<String, Long> sent = new LinkedHashMap<>();

    private RunningCase(Scenario scenario, String id, Case example) {
        this.scenario = scenario;
        this.example = example;
        this.database = scenario.database(id);
        example.topics().forEach(name -> topics.put(name, scenario.topic(id + "-" + name, 1, LARGE_RECORDS)));
        this.connector = scenario.connector(id);
    }

    /** Makes everything that the case needs, sends the first records and configures the connector. */
    static RunningCase start(Scenario scenario, String id, Case example, RunVariant variant) {
        RunningCase running = new RunningCase(scenario, id, example);
        running.take(example.steps().get(0));
        running.configure(variant);
        return running;
    }

    private void configure(RunVariant variant) {
        try {
            connector.configure(config(variant));
        } catch (RestException e) {
            refusal = e.getMessage();
        }
    }

    /** Goes through the steps after the first, each when the records before it have been dealt with. */
    RunningCase advance() {
        for (Case.Step step : example.steps().subList(1, example.steps().size())) {
            awaitCommitted(UNHURRIED);
            take(step);
        }
        return this;
    }

    /** Waits for what comes of it all and compares that with what the case says. */
    void verify() {
        if (isToBeRefused() || !refusal.isEmpty()) {
            verifyRefusal();
            return;
        }
        example.failure().ifPresentOrElse(failure -> verifyFailure(failure.fragments()), () -> awaitCommitted(HURRIED));
        example.expectations().forEach(this::verify);
    }

    private boolean isToBeRefused() {
        return example.failure()
                .filter(failure -> failure.stage() == Case.Stage.CONFIGURATION)
                .isPresent();
    }

    private void verifyRefusal() {
        assertThat(isToBeRefused()).as(refusal).isTrue();
        assertThat(refusal)
                .as("What the worker says of the configuration")
                .contains(example.failure().orElseThrow().fragments());
    }

    private void take(Case.Step step) {
        database.execute(step.sql().stream().map(this::withAddress).toArray(String[]::new));
        topics.forEach((name, topic) -> {
            List<Message> messages = step.records().stream()
                    .filter(record -> record.topic().equals(name))
                    .map(record -> record.content().message())
                    .toList();
            topic.send(messages.stream());
            sent.merge(name, (long) messages.size(), Long::sum);
        });
    }

    /** A case about foreign tables has to say where its own database is. */
    private String withAddress(String sql) {
        return sql.replace("${host}", database.host())
                .replace("${port}", Integer.toString(database.port()))
                .replace("${database}", database.name())
                .replace("${user}", database.user())
                .replace("${password}", database.password());
    }

    private void verify(Case.Expectation expectation) {
        assertThat(database.texts(expectation.query())).as(expectation.query()).isEqualTo(expectation.rows());
    }

    private void verifyFailure(List<String> fragments) {
        if (!awaitEnd(HURRIED)) {
            throw new AssertionError("Nothing failed, and all records are committed.");
        }
        String trace = connector.awaitFailedTask();
        List<Case.Sent> all = example.sent();
        Case.Sent bad = all.stream()
                .filter(record -> record.content().isBad())
                .findFirst()
                .orElse(all.get(all.size() - 1));
        long offset = all.stream()
                .filter(record -> record.topic().equals(bad.topic()))
                .toList()
                .indexOf(bad);
        Topic topic = topics.get(bad.topic());
        assertThat(trace)
                .contains("topic " + topic.name() + ", partition 0, offset " + offset)
                .contains(fragments)
                .doesNotContain(Case.SECRET);
        await().until("the offset of the bad record to be committed", () -> committed(topic) == offset);
    }

    private void awaitCommitted(Duration interval) {
        if (awaitEnd(interval)) {
            throw new AssertionError("The task has failed: " + cause(connector.status()));
        }
    }

    /** What a status says at its end, without the places in the code above it. */
    private static String cause(ConnectorStatus status) {
        String trace = status.traces();
        return trace.substring(Math.max(0, trace.lastIndexOf("Caused by:")));
    }

    /** Waits until all records are committed or the task has failed, and says whether it has. */
    private boolean awaitEnd(Duration interval) {
        return await().every(interval)
                .until(
                        "all records to be committed, or the task to fail",
                        () -> hasFailed() ? Optional.of(true) : unfailed(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Whether the task has failed. Nothing that a topic holds may end the worker, and then no other case could pass. */
    private boolean hasFailed() {
        if (!scenario.worker().isRunning()) {
            throw new AssertionError("The worker has ended, see " + scenario.logs());
        }
        return connector.status().hasFailed();
    }

    private Optional<Boolean> unfailed() {
        boolean all = topics.entrySet().stream()
                .allMatch(topic -> committed(topic.getValue()) == sent.getOrDefault(topic.getKey(), 0L));
        return Optional.of(false).filter(failed -> all);
    }

    private long committed(Topic topic) {
        return connector.group(scenario.broker()).committed(topic).getOrDefault(0, 0L);
    }

    private Await await() {
        return Await.atMost(PATIENCE)
                .explaining(() -> connector.status().toString())
                .explaining(() -> "The servers' logs are in " + scenario.logs());
    }

    private Map<String, String> config(RunVariant variant) {
        Map<String, String> config = new LinkedHashMap<>(database.connectionConfig());
        config.put("connector.class", "io.sluice.PostgresSinkConnector");
        config.put("tasks.max", "1");
        // Many cases at once may keep the broker from its answers for seconds. A consumer that is thrown out
        // for it gets its records again, and plain inserts would come twice.
        config.put("consumer.override.session.timeout.ms", "45000");
        config.put("topics", topics.values().stream().map(Topic::name).collect(Collectors.joining(",")));
        // Connectors share a broker and so cannot share names of topics; to each case they look as it wrote them.
        config.put("transforms", "topic");
        config.put("transforms.topic.type", "org.apache.kafka.connect.transforms.RegexRouter");
        config.put("transforms.topic.regex", "[^-]*-(.*)");
        config.put("transforms.topic.replacement", "$1");
        config.putAll(converter("key", Content::formatOfKey));
        config.putAll(converter("value", Content::formatOfValue));
        config.putAll(variant.settings());
        config.putAll(example.settings());
        return config;
    }

    private Map<String, String> converter(String part, Function<Content, Optional<Content.Format>> format) {
        List<Content.Format> formats = example.sent().stream()
                .map(record -> format.apply(record.content()))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (formats.size() > 1) {
            throw new IllegalArgumentException("One converter cannot read " + formats + ": " + example.name());
        }
        return formats.isEmpty() ? Map.of() : formats.get(0).settings(part);
    }
}
