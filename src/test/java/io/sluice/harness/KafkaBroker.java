package io.sluice.harness;

import io.sluice.harness.ChildProcess.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka node, broker and controller in one, in a JVM of its own on free ports. It keeps its ports and its data
 * over {@link #stop}, {@link #kill} and {@link #start}.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration START_BUDGET = Duration.ofSeconds(60);

    private final ServerOptions options;
    private final ProcessLog log;
    private final Path directory = Scratch.directory("kafka");
    private final Path configuration = directory.resolve("broker.properties");
    private final String clusterId = Uuid.randomUuid().toString();
    private final String bootstrapServers = "127.0.0.1:" + FreePort.next();
    private final KafkaClients clients;
    private ChildProcess process;

    private KafkaBroker(ServerOptions options, ProcessLog log) {
        this.options = options;
        this.log = log;
        PropertiesFile.write(configuration, properties());
        ChildProcess.run(
                "Kafka's storage formatter",
                Signal.KILL,
                options.command("kafka.tools.StorageTool", "format", "-t", clusterId, "-c", configuration.toString()),
                directory,
                log);
        this.clients = new KafkaClients(bootstrapServers);
        this.process = launch();
        awaitReady();
    }

    public static KafkaBroker start(ServerOptions options, ProcessLog log) {
        return new KafkaBroker(options, log);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String clusterId() {
        return clusterId;
    }

    public Topic createTopic(String name, int partitions, Map<String, String> configuration) {
        return Topic.create(clients, name, partitions, configuration);
    }

    List<Topic> createTopics(List<String> names, int partitions) {
        return Topic.create(clients, names, partitions, Map.of());
    }

    void deleteTopics(List<Topic> topics) {
        Topic.delete(clients, topics);
    }

    /** A topic that exists already, one that a worker made for instance. */
    public Topic topic(String name) {
        return new Topic(clients, name);
    }

    /** Names of all topics that begin so. */
    public List<String> topicNames(String prefix) {
        return KafkaCalls.get("names of topics", clients.admin().listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    public ConsumerGroup group(String id) {
        return new ConsumerGroup(clients, id);
    }

    public long pid() {
        return process.pid();
    }

    public ProcessLog log() {
        return log;
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Starts the broker again after {@link #stop} or {@link #kill}, on the same ports and data. */
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

    @Override
    public void close() {
        clients.close();
        process.kill();
        Scratch.delete(directory);
    }

    private ChildProcess launch() {
        return ChildProcess.start(
                "The Kafka broker",
                Signal.KILL,
                options.command("kafka.Kafka", configuration.toString()),
                directory,
                log);
    }

    /** Ready means that this very cluster answers, and not another one that happens to be on the port. */
    private void awaitReady() {
        String seen = Await.atMost(START_BUDGET)
                .explaining(() -> log.tail(40))
                .until("the Kafka broker to answer at " + bootstrapServers, this::clusterIdOrDead, id -> true);
        if (!seen.equals(clusterId)) {
            throw new HarnessException("At " + bootstrapServers + " answers cluster " + seen + ", not " + clusterId);
        }
    }

    private String clusterIdOrDead() throws Exception {
        process.requireAlive();
        return clients.admin().describeCluster().clusterId().get(5, TimeUnit.SECONDS);
    }

    private Map<String, String> properties() {
        String controller = "127.0.0.1:" + FreePort.next();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@" + controller);
        properties.put("listeners", "PLAINTEXT://" + bootstrapServers + ",CONTROLLER://" + controller);
        properties.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("log.dirs", directory.resolve("data").toString());
        // A broker that was killed can register again only when the controller has given up its predecessor.
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "500");
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "4");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.min.session.timeout.ms", "1000");
        properties.put("group.consumer.min.session.timeout.ms", "1000");
        properties.put("group.consumer.session.timeout.ms", "6000");
        properties.put("group.consumer.min.heartbeat.interval.ms", "500");
        properties.put("group.consumer.heartbeat.interval.ms", "1000");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.putAll(options.properties());
        return properties;
    }
}
