package io.sluice.checker;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.KafkaBroker;
import io.sluice.harness.PostgresServer;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The servers of a run, two workers among them, and the two connectors that are checked. */
final class Arena implements AutoCloseable {
    private static final List<String> NAMES = List.of("appending", "upserting");

    private final Scenario scenario;
    private final Sink sink;
    private final List<ConnectWorker> workers = new ArrayList<>();
    private final FaultyProxy proxy;
    private final Map<String, Map<String, String>> configurations = new HashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private Arena(Scenario scenario, Sink sink) {
        this.scenario = scenario;
        this.sink = sink;
        this.proxy = FaultyProxy.before(scenario.database());
    }

    static Arena start(Scenario scenario, Sink sink, Map<String, String> topics) {
        Arena arena = new Arena(scenario, sink);
        ServerOptions options = ServerOptions.forTests();
        for (int i = 0; i < 2; i++) {
            arena.workers.add(
                    scenario.startWorker("checked", sink == Sink.DEBEZIUM ? options.withDebeziumSink() : options));
        }
        Database database = arena.proxy.database();
        arena.configurations.put("appending", sink.appending(database));
        arena.configurations.put("upserting", sink.upserting(database));
        arena.configurations.forEach((name, config) -> config.put("topics", topics.get(name)));
        NAMES.forEach(name -> arena.connector(name).configure(arena.configurations.get(name)));
        NAMES.forEach(name -> arena.connector(name).awaitRunning());
        return arena;
    }

    List<String> connectors() {
        return NAMES;
    }

    /** The connector, as a worker that runs answers for it. */
    Connector connector(String name) {
        ConnectWorker answering =
                workers.stream().filter(ConnectWorker::isRunning).findFirst().orElseThrow();
        return scenario.connector(answering, name);
    }

    /** Gives the connector another number of tasks, which makes all of them start again. */
    void configure(String name, int tasks) {
        Map<String, String> config = new HashMap<>(configurations.getOrDefault(name, Map.of()));
        config.put("tasks.max", Integer.toString(tasks));
        connector(name).configure(config);
    }

    List<ConnectWorker> workers() {
        return workers;
    }

    KafkaBroker broker() {
        return scenario.broker();
    }

    PostgresServer postgres() {
        return scenario.postgres();
    }

    /** Not through the proxy. */
    Database database() {
        return scenario.database();
    }

    FaultyProxy proxy() {
        return proxy;
    }

    Sink sink() {
        return sink;
    }

    Scenario scenario() {
        return scenario;
    }

    /** Lets time pass, but not after the end. */
    void pass(Duration time) {
        try {
            boolean unused = over.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts what does not run, and mends the way to PostgreSQL. */
    void mend() {
        over.countDown();
        proxy.speak();
        if (!postgres().isRunning()) {
            postgres().start();
        }
        Tables.giveRoom(database());
        if (!broker().isRunning()) {
            broker().start();
        }
        for (ConnectWorker worker : workers) {
            if (worker.isRunning()) {
                worker.thaw();
            } else {
                worker.start();
            }
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}
