package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.time.Duration;
import java.util.Map;

/**
 * A sink that runs while records keep coming, with a table of its own, and everything that is asked of it in the end: no
 * row missing, the last version of each key, the committed offsets at the end of the topic, and no task that failed.
 */
final class SinkUnderLoad implements AutoCloseable {
    private static final int KEYS = 5_000;
    private static final int PER_SECOND = 2_000;
    private static final int PARTITIONS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Scenario test;
    private final String table;
    private final Topic topic;
    private final Connector connector;
    private final StatusWatch watch;
    private final Load load;

    private SinkUnderLoad(Scenario test, Connector connector, String name, Map<String, String> settings) {
        this.test = test;
        this.table = name;
        this.connector = connector;
        this.topic = test.topic(name, PARTITIONS);
        Rows.createTable(test.database(), table);
        connector.configure(Settings.of(
                test.sinkConfig(topic, Map.of()), Map.of("table.name.format", table, "tasks.max", "2"), settings));
        connector.awaitRunning();
        this.watch = StatusWatch.over(connector);
        this.load = Load.start(topic, KEYS, PER_SECOND, name.hashCode());
    }

    /** A sink on the shared worker. */
    static SinkUnderLoad start(Scenario test, String name, Map<String, String> settings) {
        return start(test, test.connector(name), name, settings);
    }

    /** A sink on a worker of the test's own. */
    static SinkUnderLoad start(Scenario test, ConnectWorker worker, String name, Map<String, String> settings) {
        return start(test, test.connector(worker, name), name, settings);
    }

    /** Starts both, with two tasks unless the settings say otherwise, and waits for the first rows. */
    private static SinkUnderLoad start(Scenario test, Connector connector, String name, Map<String, String> settings) {
        SinkUnderLoad sink = new SinkUnderLoad(test, connector, name, settings);
        sink.awaitProgress();
        return sink;
    }

    Connector connector() {
        return connector;
    }

    Load load() {
        return load;
    }

    /** Waits until a record is in the table that is yet to be produced, and so until the sink works. */
    void awaitProgress() {
        long next = load.sent() + 1;
        await().until(
                        "version " + next + " in " + table,
                        () -> test.database().number("SELECT max(version) FROM " + Database.quoted(table)) >= next);
    }

    /** Whatever is committed is in the table: for the moments when nobody writes. */
    void assertNothingIsCommittedThatIsNotWritten() {
        Map<Integer, Long> committed = connector.group(test.broker()).committed(topic);
        Map<Long, Long> written = Rows.versions(test.database(), table);
        Map<Long, Long> due = Committed.versions(topic, committed);
        assertThat(due).isNotEmpty();
        due.forEach((id, version) ->
                assertThat(written.getOrDefault(id, 0L)).as("key " + id).isGreaterThanOrEqualTo(version));
    }

    /** Ends the load and checks what it has come to. Tasks may only have been in these states. */
    void finish(String... allowedStates) {
        Map<Long, Long> expected = load.finish();
        await().until("lag 0 of " + table, () -> connector.group(test.broker()).lag(topic) == 0);
        // What is committed is durable, so there is nothing to wait for any more.
        assertThat(Rows.versions(test.database(), table)).isEqualTo(expected);
        assertThat(connector.group(test.broker()).committed(topic)).isEqualTo(topic.endOffsets());
        connector.awaitRunning();
        watch.assertOnly(allowedStates);
    }

    @Override
    public void close() {
        watch.close();
        load.close();
    }

    private Await await() {
        return test.await().within(PATIENCE);
    }
}
