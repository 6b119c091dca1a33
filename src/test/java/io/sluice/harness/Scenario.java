package io.sluice.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one test has for itself: a database, topics, connectors and logs. The servers it shares with the others unless
 * it starts workers of its own; it may stop, kill and freeze all of them. On close its connectors, workers and database
 * go, the servers are running again, and what they logged meanwhile lies in {@link #logs}. Several threads may make
 * topics, connectors and databases at once.
 */
public final class Scenario implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TAIL_LINES = 40;

    private final Environment environment;
    private final String prefix;
    private final Path logs;
    private final String databaseName;
    private final Map<ProcessLog, Long> marks = new LinkedHashMap<>();
    private final Lazy<Database> database;
    private final List<Topic> topics = new CopyOnWriteArrayList<>();
    private final Set<Connector> connectors = new CopyOnWriteArraySet<>();
    private final List<Database> moreDatabases = new CopyOnWriteArrayList<>();
    private final List<ConnectWorker> workers = new ArrayList<>();
    private final List<PostgresServer> servers = new ArrayList<>();

    Scenario(Environment environment, int number, Path logs) {
        this.environment = environment;
        this.prefix = "s" + number + "_";
        this.logs = logs;
        this.databaseName = "sluice_" + ProcessHandle.current().pid() + "_" + number;
        this.database = new Lazy<>("a database", () -> postgres().createDatabase(databaseName));
        environment.logs().values().forEach(log -> marks.put(log, log.mark()));
    }

    public PostgresServer postgres() {
        return environment.postgres();
    }

    public KafkaBroker broker() {
        return environment.broker();
    }

    /** The worker that all tests share. */
    public ConnectWorker worker() {
        return environment.worker();
    }

    /** This scenario's own database, empty at first. */
    public Database database() {
        return database.get();
    }

    /** One more database of this scenario, empty at first. */
    public Database database(String name) {
        Database another = postgres().createDatabase(databaseName + "_" + name);
        moreDatabases.add(another);
        return another;
    }

    /** Where the logs of this scenario are, its servers' logs from {@link #close} on. */
    public Path logs() {
        return logs;
    }

    /** A new topic. Its full name, {@link Topic#name}, is not used by any other scenario. */
    public Topic topic(String name, int partitions) {
        return topic(name, partitions, Map.of());
    }

    public Topic topic(String name, int partitions, Map<String, String> configuration) {
        Topic topic = broker().createTopic(prefix + name, partitions, configuration);
        topics.add(topic);
        return topic;
    }

    /** New topics with these names, and a prefix as every topic has. */
    public List<Topic> topics(List<String> names, int partitions) {
        List<Topic> created =
                broker().createTopics(names.stream().map(name -> prefix + name).toList(), partitions);
        topics.addAll(created);
        return created;
    }

    /** A topic that this scenario has a connector make, to be deleted with the others. */
    public Topic foreignTopic(String name) {
        Topic topic = broker().topic(name);
        topics.add(topic);
        return topic;
    }

    /** A PostgreSQL server of this scenario alone. */
    public PostgresServer startPostgres(String name, PostgresOptions options) {
        PostgresServer server = PostgresServer.start(options, ProcessLog.create(logs.resolve(name + ".log")));
        servers.add(server);
        return server;
    }

    /** A standby of a server, for this scenario alone. */
    public PostgresServer startStandby(String name, PostgresServer primary) {
        PostgresServer standby = primary.startStandby(ProcessLog.create(logs.resolve(name + ".log")));
        servers.add(standby);
        return standby;
    }

    /** A worker of this scenario alone. Workers with the same group name work together. */
    public ConnectWorker startWorker(String group, ServerOptions options) {
        ProcessLog log = ProcessLog.create(logs.resolve(group + "-" + workers.size() + ".log"));
        ConnectWorker worker = ConnectWorker.start(prefix + group, broker(), options, log);
        workers.add(worker);
        return worker;
    }

    /** A standalone worker of this scenario alone, with connectors from files. */
    public ConnectWorker startStandalone(String name, ServerOptions options, List<Path> connectorFiles) {
        ProcessLog log = ProcessLog.create(logs.resolve(name + ".log"));
        ConnectWorker worker = ConnectWorker.startStandalone(connectorFiles, broker(), options, log);
        workers.add(worker);
        return worker;
    }

    /** A connector of this scenario on the shared worker, not yet configured. */
    public Connector connector(String name) {
        return connector(worker(), name);
    }

    public Connector connector(ConnectWorker worker, String name) {
        Connector connector = worker.rest().connector(prefix + name);
        connectors.add(connector);
        return connector;
    }

    /** What every sink from this topic into this scenario's database needs, and whatever the test adds or replaces. */
    public Map<String, String> sinkConfig(Topic topic, Map<String, String> settings) {
        Map<String, String> config = new LinkedHashMap<>(database().connectionConfig());
        config.put("connector.class", "io.sluice.PostgresSinkConnector");
        config.put("tasks.max", "1");
        config.put("topics", topic.name());
        // Dozens of connectors at once are more than the default is meant for.
        config.put("connection.validation.timeout.ms", Long.toString(PATIENCE.toMillis()));
        config.putAll(settings);
        return config;
    }

    /** A sink from this topic into this scenario's database, on the shared worker, running. */
    public Connector startSink(Topic topic, Map<String, String> settings) {
        return connector("sink").configure(sinkConfig(topic, settings)).awaitRunning();
    }

    /** Waits with this scenario's connectors and logs in the message when it was in vain. */
    public Await await() {
        return Await.atMost(PATIENCE).explaining(this::connectorStates).explaining(this::workerLogs);
    }

    @Override
    public void close() {
        Farewell farewell = new Farewell();
        farewell.say(environment::restore);
        workers.forEach(worker -> farewell.say(worker::close));
        servers.forEach(server -> farewell.say(server::close));
        List<Connector> left = connectors.stream().filter(this::outlivesThis).toList();
        farewell.say(() -> Together.run(left, Scenario::delete));
        left.forEach(connector -> farewell.say(() -> awaitEnd(connector)));
        if (!topics.isEmpty()) {
            farewell.say(() -> broker().deleteTopics(topics));
        }
        farewell.say(() -> Together.run(databases(), own -> postgres().dropDatabase(own)));
        environment
                .logs()
                .forEach((name, log) ->
                        farewell.say(() -> log.copySince(marks.getOrDefault(log, 0L), logs.resolve(name + ".log"))));
        farewell.complain();
    }

    private List<Database> databases() {
        return Stream.concat(moreDatabases.stream(), database.ifStarted().stream())
                .toList();
    }

    /** The connectors of a scenario's own workers have ended with them. */
    private boolean outlivesThis(Connector connector) {
        return workers.stream().noneMatch(worker -> worker.rest().equals(connector.rest()));
    }

    /** Deletes a connector, if it was ever made. */
    private static void delete(Connector connector) {
        if (connector.rest().connectors().contains(connector.name())) {
            connector.delete();
        }
    }

    /** Waits until a connector's tasks have let go of the topic. */
    private void awaitEnd(Connector connector) {
        ConsumerGroup group = connector.group(broker());
        await().until("the tasks of " + connector.name() + " to end", group::isEmpty);
    }

    private String connectorStates() {
        return connectors.stream()
                .map(connector -> connector.name() + ": " + connector.status())
                .collect(Collectors.joining("\n"));
    }

    private String workerLogs() {
        List<ProcessLog> all = new ArrayList<>();
        workers.forEach(worker -> all.add(worker.log()));
        if (all.isEmpty() && environment.logs().containsKey("worker")) {
            all.add(worker().log());
        }
        return all.stream()
                .map(log -> log.file() + " ends with:\n" + log.tail(TAIL_LINES))
                .collect(Collectors.joining("\n\n"));
    }
}
