package io.sluice.harness;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.harness.ChildProcess.Signal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A distributed Connect worker in a JVM of its own, with its REST interface on a free port. It keeps its port over
 * {@link #stop}, {@link #kill} and {@link #start}. Workers of one group share the connectors.
 */
public final class ConnectWorker implements AutoCloseable {

    private static final Duration START_BUDGET = Duration.ofSeconds(90);
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

    private final KafkaBroker broker;
    private final ServerOptions options;
    private final ProcessLog log;
    private final Path directory = Scratch.directory("connect");
    private final Path configuration = directory.resolve("worker.properties");
    private final int port = FreePort.next();
    private final ConnectRest rest = new ConnectRest(URI.create("http://127.0.0.1:" + port));
    private ChildProcess process;

    private ConnectWorker(String group, KafkaBroker broker, ServerOptions options, ProcessLog log) {
        this.broker = broker;
        this.options = options;
        this.log = log;
        PropertiesFile.write(configuration, properties(group));
        this.process = launch();
    }

    /** Starts a worker and waits until it takes requests. */
    public static ConnectWorker start(String group, KafkaBroker broker, ServerOptions options, ProcessLog log) {
        ConnectWorker worker = new ConnectWorker(group, broker, options, log);
        try {
            worker.awaitReady();
            return worker;
        } catch (HarnessException | AssertionError e) {
            worker.close();
            throw e;
        }
    }

    public ConnectRest rest() {
        return rest;
    }

    /** The address by which a status names this worker. */
    public String id() {
        return "127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    public ProcessLog log() {
        return log;
    }

    /** A look into the worker's JVM. A new process needs a new look. */
    public JvmView jvm() {
        return JvmView.attach(process.pid());
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Starts the worker again after {@link #stop} or {@link #kill}, at the same address. */
    public void start() {
        if (!isRunning()) {
            process = launch();
            awaitReady();
        }
    }

    /** An orderly shutdown. */
    public void stop() {
        process.end(Signal.TERM);
    }

    /** kill -9. */
    public void kill() {
        process.kill();
    }

    /** Stops the process where it stands, with all its connections open, as a long pause of its JVM or machine does. */
    public void freeze() {
        process.send(Signal.STOP);
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        process.send(Signal.CONT);
    }

    @Override
    public void close() {
        process.kill();
        Scratch.delete(directory);
    }

    private ChildProcess launch() {
        return ChildProcess.start(
                "The Connect worker",
                Signal.KILL,
                options.command("org.apache.kafka.connect.cli.ConnectDistributed", configuration.toString()),
                directory,
                log);
    }

    /** Ready means that the worker has joined its group, and that it is a worker of our broker. */
    private void awaitReady() {
        JsonNode root = Await.atMost(START_BUDGET)
                .explaining(() -> log.tail(40))
                .until(
                        "the Connect worker to answer at " + rest.uri(),
                        () -> {
                            process.requireAlive();
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

    private Map<String, String> properties(String group) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("group.id", group);
        properties.put("listeners", rest.uri().toString());
        properties.put("rest.advertised.host.name", "127.0.0.1");
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
        properties.computeIfAbsent(
                "plugin.path", none -> PluginArchive.pluginPath().toString());
        return properties;
    }
}
