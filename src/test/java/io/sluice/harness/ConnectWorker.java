package io.sluice.harness;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.harness.ChildProcess.Signal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;

/**
 * A distributed Connect worker, in a JVM of its own with its REST interface on a free port, or in a container. It keeps its
 * address over {@link #stop}, {@link #kill} and {@link #start}. Workers of one group share the connectors.
 */
public final class ConnectWorker implements AutoCloseable {

    private static final Duration START_BUDGET = Duration.ofMinutes(3);
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
    private static final String DISTRIBUTED = "org.apache.kafka.connect.cli.ConnectDistributed";
    private static final String STANDALONE = "org.apache.kafka.connect.cli.ConnectStandalone";
    private static final int CONTAINER_PORT = 8083;

    private final KafkaBroker broker;
    private final Node node;
    private final String id;
    private final ConnectRest rest;
    private final ProcessLog log;

    private ConnectWorker(KafkaBroker broker, Node node, String id, ProcessLog log) {
        this.broker = broker;
        this.node = node;
        this.id = id;
        this.rest = new ConnectRest(URI.create("http://" + id));
        this.log = log;
    }

    /** Starts a worker and waits until it takes requests. */
    public static ConnectWorker start(String group, KafkaBroker broker, ServerOptions options, ProcessLog log) {
        Map<String, String> properties = properties(group, broker, options);
        return ready(
                Containers.areWanted()
                        ? container(properties, broker, options, log)
                        : process(new Program(DISTRIBUTED, List.of()), properties, broker, options, log));
    }

    /** Starts a worker that has its connectors from files, always as a process. */
    public static ConnectWorker startStandalone(
            List<Path> connectors, KafkaBroker broker, ServerOptions options, ProcessLog log) {
        Map<String, String> properties = new LinkedHashMap<>(options.properties());
        properties.put("bootstrap.servers", broker.bootstrapServers());
        return ready(process(new Program(STANDALONE, connectors), properties, broker, options, log));
    }

    private static ConnectWorker ready(ConnectWorker worker) {
        try {
            worker.awaitReady();
            return worker;
        } catch (HarnessException | AssertionError e) {
            worker.close();
            throw e;
        }
    }

    private static ConnectWorker process(
            Program program,
            Map<String, String> properties,
            KafkaBroker broker,
            ServerOptions options,
            ProcessLog log) {
        Path directory = Scratch.directory("connect");
        Path configuration = directory.resolve("worker.properties");
        String id = "127.0.0.1:" + FreePort.next();
        properties.put("listeners", "http://" + id);
        properties.put("rest.advertised.host.name", "127.0.0.1");
        properties.computeIfAbsent(
                "plugin.path", none -> PluginArchive.pluginPath().toString());
        PropertiesFile.write(configuration, properties);
        List<String> command = options.command(program.mainClass(), program.arguments(configuration));
        Node node = ProcessNode.run(
                () -> ChildProcess.start("The Connect worker", Signal.KILL, command, directory, log), directory);
        return new ConnectWorker(broker, node, id, log);
    }

    /** Of the project's own image, which has the plugin already; a plugin path of its own comes in from outside. */
    private static ConnectWorker container(
            Map<String, String> properties, KafkaBroker broker, ServerOptions options, ProcessLog log) {
        String host = Containers.ours().takeAddress();
        GenericContainer<?> container =
                new GenericContainer<>(ContainerImages.ofConnect()).withEnv(options.variables(host));
        properties.put("rest.advertised.host.name", host);
        for (String directory : ServerOptions.pluginDirectories(properties)) {
            Scratch.openToAll(Path.of(directory));
            container.withCopyFileToContainer(MountableFile.forHostPath(directory), directory);
        }
        properties.forEach((name, value) -> container.withEnv(ServerOptions.variable("CONNECT_", name), value));
        Node node = ContainerNode.run(container, "The Connect worker", host, "1", log);
        return new ConnectWorker(broker, node, host + ":" + CONTAINER_PORT, log);
    }

    public ConnectRest rest() {
        return rest;
    }

    /** The address by which a status names this worker. */
    public String id() {
        return id;
    }

    public long pid() {
        return node.pid();
    }

    public ProcessLog log() {
        return log;
    }

    /** A look into the worker's JVM. A new process needs a new look. */
    public JvmView jvm() {
        return JvmView.attach(node.pid());
    }

    public boolean isRunning() {
        return node.isRunning();
    }

    /** Starts the worker again after {@link #stop} or {@link #kill}, at the same address. */
    public void start() {
        if (!isRunning()) {
            node.start();
            awaitReady();
        }
    }

    /** An orderly shutdown. */
    public void stop() {
        node.end(Signal.TERM);
    }

    /** kill -9. */
    public void kill() {
        node.end(Signal.KILL);
    }

    /** Stops the process where it stands, with all its connections open, as a long pause of its JVM or machine does. */
    public void freeze() {
        node.freeze();
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        node.thaw();
    }

    /** Takes a worker in a container off the network: what is sent to it or by it is lost, and nobody is told. */
    public void disconnect() {
        node.disconnect();
    }

    /** Puts it back. */
    public void reconnect() {
        node.reconnect();
    }

    @Override
    public void close() {
        node.close();
    }

    /** Ready means that the worker has joined its group, and that it is a worker of our broker. */
    private void awaitReady() {
        JsonNode root = Await.atMost(START_BUDGET)
                .explaining(() -> log.tail(40))
                .until(
                        "the Connect worker to answer at " + rest.uri(),
                        () -> {
                            node.requireRunning();
                            rest.get("/health");
                            return rest.root();
                        },
                        any -> true);
        String cluster = root.path("kafka_cluster_id").asText();
        if (!cluster.equals(broker.clusterId())) {
            throw new HarnessException("The worker at " + rest.uri() + " belongs to Kafka cluster " + cluster + ", not "
                    + broker.clusterId() + ".");
        }
    }

    private static Map<String, String> properties(String group, KafkaBroker broker, ServerOptions options) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("group.id", group);
        properties.put("plugin.discovery", "service_load");
        properties.put("key.converter", JSON);
        properties.put("key.converter.schemas.enable", "false");
        properties.put("value.converter", JSON);
        properties.put("value.converter.schemas.enable", "false");
        for (String storage : new String[] {"config", "offset", "status"}) {
            properties.put(storage + ".storage.topic", group + "-" + storage);
            properties.put(storage + ".storage.replication.factor", "1");
        }
        properties.put("offset.storage.partitions", "1");
        properties.put("status.storage.partitions", "1");
        properties.put("offset.flush.interval.ms", "1000");
        properties.put("scheduled.rebalance.max.delay.ms", "0");
        properties.put("session.timeout.ms", "6000");
        properties.put("heartbeat.interval.ms", "1000");
        if (!"consumer".equals(options.properties().get("consumer.group.protocol"))) {
            // Otherwise the ghost of a killed worker's consumer holds its partitions for 45 s.
            properties.put("consumer.session.timeout.ms", "6000");
            properties.put("consumer.heartbeat.interval.ms", "1000");
        }
        properties.putAll(options.properties());
        return properties;
    }

    /** One of Connect's two programs, with the files of connectors that it is given. */
    private record Program(String mainClass, List<Path> connectors) {

        String[] arguments(Path configuration) {
            return Stream.concat(Stream.of(configuration), connectors.stream())
                    .map(Path::toString)
                    .toArray(String[]::new);
        }
    }
}
