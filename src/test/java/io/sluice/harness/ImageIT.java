package io.sluice.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.utility.MountableFile;

/** The project's image, and the archive in the plain image of Kafka. */
@EnabledIfSystemProperty(named = "sluice.containers", matches = "true")
@ExtendWith(HarnessExtension.class)
final class ImageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int RECORDS = 100;

    @Test
    void hasAPluginThatCanBeLoadedAndHasAManifest() {
        String list = output("/opt/kafka/bin/connect-plugin-path.sh", "list", "--plugin-path", "/opt/kafka/plugins");

        List<String> columns = list.lines()
                .filter(line -> line.startsWith("io.sluice.PostgresSinkConnector\t"))
                .findFirst()
                .map(line -> List.of(line.split("\t")))
                .orElse(List.of());
        assertThat(columns)
                .startsWith("io.sluice.PostgresSinkConnector")
                .containsSubsequence(System.getProperty("project.version"), "sink", "true", "true");
        assertThat(list).containsPattern("Loadable plugins:\\s+1");
    }

    @Test
    void runsAsAnOrdinaryUser() {
        assertThat(output("id", "-u").strip()).isEqualTo("1000");
    }

    /** The archive as it was unpacked, and the presets but for the addresses. */
    @ParameterizedTest
    @ValueSource(strings = {"standalone", "distributed"})
    void theArchiveRunsInThePlainImage(String mode, Scenario test) {
        Topic topic = test.topic("orders", 1);
        topic.send(RECORDS, id -> Message.json(Map.of("id", id)).keyJson(Map.of("id", id)));
        Path plugins = PluginArchive.pluginPath();
        Scratch.openToAll(plugins);
        String address = Containers.ours().takeAddress();
        String properties = "/tmp/worker.properties";
        String command = "sed -e 's#^bootstrap.servers=.*#bootstrap.servers=%s#' -e 's#localhost:8083#0.0.0.0:8083#'"
                + " /presets/worker-%s.properties > %s && exec /opt/kafka/bin/connect-%s.sh %s";
        GenericContainer<?> plain = new GenericContainer<>(ContainerImages.kafka())
                .withCopyFileToContainer(MountableFile.forHostPath(plugins), "/opt/kafka/plugins")
                .withCopyFileToContainer(
                        MountableFile.forHostPath(Project.root().resolve("config")), "/presets")
                .withEnv("KAFKA_HEAP_OPTS", "-Xmx256m")
                .withCommand(
                        "sh",
                        "-c",
                        command.formatted(test.broker().bootstrapServers(), mode, properties, mode, properties));
        ProcessLog log = ProcessLog.create(test.logs().resolve(mode + ".log"));
        ContainerNode node = ContainerNode.run(plain, "The plain worker", address, "1", log);
        try {
            ConnectRest rest = new ConnectRest(URI.create("http://" + address + ":8083"));
            test.await().within(PATIENCE).explaining(() -> log.tail(40)).until("an answer", rest::root, any -> true);
            rest.connector("plain-" + mode)
                    .configure(test.sinkConfig(
                            topic,
                            Map.of(
                                    "auto.create", "true",
                                    "pk.mode", "record_key",
                                    "table.name.format", "orders")))
                    .awaitRunning();

            test.await()
                    .within(PATIENCE)
                    .until("all rows", () -> test.database().count("orders"), rows -> rows == RECORDS);
        } finally {
            node.close();
        }
    }

    private static String output(String... command) {
        try (GenericContainer<?> container = new GenericContainer<>(ContainerImages.ofConnect())
                .withCommand(command)
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PATIENCE))) {
            container.start();
            return container.getLogs();
        }
    }
}
