package io.sluice.harness;

import io.sluice.harness.ChildProcess.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.testcontainers.kafka.KafkaContainer;

/**
 * One Kafka node, broker and controller in one, in a JVM of its own on free ports or in a container. It keeps its
 * address and its data over {@link #stop}, {@link #kill} and {@link #start}.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration START_BUDGET = Duration.ofMinutes(2);
    private static final int CONTAINER_PORT = 19_092;

    private final ProcessLog log;
    private final Node node;
    private final String clusterId;
    private final String bootstrapServers;
    private final KafkaClients clients;
    private final Runnable endAtExit = this::closeClients;

    private KafkaBroker(Node node, String clusterId, String bootstrapServers, ProcessLog log) {
        this.node = node;
        this.clusterId = clusterId;
        this.bootstrapServers = bootstrapServers;
        this.log = log;
        this.clients = new KafkaClients(bootstrapServers);
        // Before the broker goes: at the address of a container somebody else might answer then.
        JvmExit.register(endAtExit);
    }

    public static KafkaBroker start(ServerOptions options, ProcessLog log) {
        KafkaBroker broker = Containers.areWanted() ? container(options, log) : process(options, log);
        try {
            broker.awaitReady();
            return broker;
        } catch (HarnessException | AssertionError e) {
            broker.close();
            throw e;
        }
    }

    private static KafkaBroker process(ServerOptions options, ProcessLog log) {
        Path directory = Scratch.directory("kafka");
        String configuration = directory.resolve("broker.properties").toString();
        String clusterId = Uuid.randomUuid().toString();
        String address = "127.0.0.1:" + FreePort.next();
        PropertiesFile.write(Path.of(configuration), properties(options, address, directory.resolve("data")));
        List<String> format =
                options.command("kafka.tools.StorageTool", "format", "-t", clusterId, "-c", configuration);
        ChildProcess.run("Kafka's storage formatter", Signal.KILL, format, directory, log);
        List<String> broker = options.command("kafka.Kafka", configuration);
        Node node = ProcessNode.run(
                () -> ChildProcess.start("The Kafka broker", Signal.KILL, broker, directory, log), directory);
        return new KafkaBroker(node, clusterId, address, log);
    }

    /** The container formats its storage itself. Its main process is a child of the first. */
    private static KafkaBroker container(ServerOptions options, ProcessLog log) {
        String clusterId = Uuid.randomUuid().toString();
        String host = Containers.ours().takeAddress();
        String address = host + ":" + CONTAINER_PORT;
        KafkaContainer container = new KafkaContainer(ContainerImages.kafka())
                .withListener("inside:" + CONTAINER_PORT, () -> address)
                .withEnv("CLUSTER_ID", clusterId)
                .withEnv(options.variables(host));
        settings(options).forEach((name, value) -> container.withEnv(ServerOptions.variable("KAFKA_", name), value));
        Node node = ContainerNode.run(
                container.withStartupTimeout(START_BUDGET), "The Kafka broker", host, "$(pidof java)", log);
        return new KafkaBroker(node, clusterId, address, log);
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
        return node.pid();
    }

    public ProcessLog log() {
        return log;
    }

    public boolean isRunning() {
        return node.isRunning();
    }

    /** Starts the broker again after {@link #stop} or {@link #kill}, on the same ports and data. */
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

    /** Stops the process where it stands, with all its connections open. */
    public void freeze() {
        node.freeze();
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        node.thaw();
    }

    @Override
    public void close() {
        closeClients();
        JvmExit.forget(endAtExit);
        node.close();
    }

    private void closeClients() {
        clients.close();
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
        node.requireRunning();
        return clients.admin().describeCluster().clusterId().get(5, TimeUnit.SECONDS);
    }

    private static Map<String, String> properties(ServerOptions options, String address, Path data) {
        String controller = "127.0.0.1:" + FreePort.next();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@" + controller);
        properties.put("listeners", "PLAINTEXT://" + address + ",CONTROLLER://" + controller);
        properties.put("advertised.listeners", "PLAINTEXT://" + address);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("log.dirs", data.toString());
        properties.putAll(settings(options));
        return properties;
    }

    /** What is the same wherever it runs. */
    private static Map<String, String> settings(ServerOptions options) {
        Map<String, String> properties = new LinkedHashMap<>();
        // A broker that was killed can register again only when the controller has given up its predecessor. One that a
        // loaded machine keeps from its heartbeats for that long is fenced, and its topics have no leader.
        properties.put("broker.session.timeout.ms", "9000");
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
