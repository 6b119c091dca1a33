package io.sluice.harness;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * PostgreSQL, Kafka and a Connect worker, each started when it is first wanted. Tests share one environment a JVM and
 * live in a {@link Scenario} each; programs may start environments of their own.
 */
public final class Environment implements AutoCloseable {

    private final EnvironmentOptions options;
    private final Lazy<PostgresServer> postgres;
    private final Lazy<KafkaBroker> broker;
    private final Lazy<ConnectWorker> worker;
    private final AtomicInteger scenarios = new AtomicInteger();

    private Environment(EnvironmentOptions options) {
        this.options = options;
        this.postgres = new Lazy<>("PostgreSQL", () -> PostgresServer.start(options.postgres(), log("postgres")));
        this.broker = new Lazy<>("the broker", () -> KafkaBroker.start(options.broker(), log("broker")));
        this.worker = new Lazy<>(
                "the worker", () -> ConnectWorker.start("shared", broker(), options.worker(), log("worker")));
    }

    /** The environment of this JVM's tests. It ends with the JVM. */
    public static Environment shared() {
        return Shared.ENVIRONMENT;
    }

    /** Starts none yet. */
    public static Environment of(EnvironmentOptions options) {
        return new Environment(options);
    }

    /** Begins to start all servers at once. */
    public static Environment start(EnvironmentOptions options) {
        Environment environment = new Environment(options);
        environment.postgres.begin();
        environment.worker.begin();
        return environment;
    }

    public PostgresServer postgres() {
        return postgres.get();
    }

    public KafkaBroker broker() {
        return broker.get();
    }

    public ConnectWorker worker() {
        return worker.get();
    }

    /** A scope of its own: database, topics, connectors and logs. Slashes in the name make directories for the logs. */
    public Scenario scenario(String name) {
        restore();
        return new Scenario(this, scenarios.incrementAndGet(), options.logs().resolve(name));
    }

    /** Starts whatever a test has stopped or killed and not started again, and thaws what it has frozen. */
    void restore() {
        postgres.ifStarted().filter(server -> !server.isRunning()).ifPresent(PostgresServer::start);
        broker.ifStarted().filter(server -> !server.isRunning()).ifPresent(KafkaBroker::start);
        worker.ifStarted().filter(ConnectWorker::isRunning).ifPresent(ConnectWorker::thaw);
        worker.ifStarted().filter(server -> !server.isRunning()).ifPresent(ConnectWorker::start);
    }

    /** Logs of the servers that run, by name. */
    Map<String, ProcessLog> logs() {
        Map<String, ProcessLog> logs = new LinkedHashMap<>();
        postgres.ifStarted().ifPresent(server -> logs.put("postgres", server.log()));
        broker.ifStarted().ifPresent(server -> logs.put("broker", server.log()));
        worker.ifStarted().ifPresent(server -> logs.put("worker", server.log()));
        return logs;
    }

    @Override
    public void close() {
        worker.ifStarted().ifPresent(ConnectWorker::close);
        broker.ifStarted().ifPresent(KafkaBroker::close);
        postgres.ifStarted().ifPresent(PostgresServer::close);
    }

    private ProcessLog log(String server) {
        return ProcessLog.create(options.logs().resolve("shared").resolve(server + ".log"));
    }

    private static final class Shared {
        private static final Environment ENVIRONMENT = new Environment(EnvironmentOptions.forTests());
    }
}
