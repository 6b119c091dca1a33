package io.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The archive, installed as the Hub's client does, in workers that run with the presets. */
@ExtendWith(HarnessExtension.class)
final class WorkerPresetsIT {

    private static final int RECORDS = 100;
    private static final String NO_SUCH = "no.such.setting";

    @TempDir
    private Path directory;

    @Test
    void aDistributedWorkerWritesRows(Scenario test) throws IOException {
        new ComponentArchive().installInto(plugins());
        Preset preset = Preset.of("worker-distributed.properties");
        ConnectWorker worker =
                test.startWorker("preset", preset.with(NO_SUCH, "1").options(plugins()));
        Topic topic = filled(test);

        Connector sink = test.connector(worker, "orders").configure(quickstart(test, topic));

        awaitRows(test, topic);
        assertThat(preset.with(NO_SUCH, "1").unknown(worker.log())).containsExactly(NO_SUCH);
        assertThat(version(sink)).isEqualTo(System.getProperty("project.version"));
    }

    @Test
    void aStandaloneWorkerWritesRows(Scenario test) throws IOException {
        new ComponentArchive().installInto(plugins());
        Preset preset = Preset.of("worker-standalone.properties")
                .with(
                        "offset.storage.file.filename",
                        directory.resolve("offsets").toString())
                .with(NO_SUCH, "1");
        Topic topic = filled(test);
        Path connector = directory.resolve("orders.json");
        ComponentArchive.JSON.writeValue(
                connector.toFile(), Map.of("name", topic.name(), "config", quickstart(test, topic)));

        ConnectWorker worker = test.startStandalone("standalone", preset.options(plugins()), List.of(connector));

        awaitRows(test, topic);
        assertThat(preset.unknown(worker.log())).containsExactly(NO_SUCH);
        assertThat(version(worker.rest().connector(topic.name()))).isEqualTo(System.getProperty("project.version"));
    }

    private Path plugins() throws IOException {
        return Files.createDirectories(directory.resolve("plugins"));
    }

    private static Topic filled(Scenario test) {
        Topic topic = test.topic("orders", 1);
        topic.send(RECORDS, id -> Message.json(Map.of("id", id)).keyJson(Map.of("id", id)));
        return topic;
    }

    private static Map<String, String> quickstart(Scenario test, Topic topic) throws IOException {
        return new Example("quickstart.json").configuration(test.database(), topic, "orders");
    }

    private static void awaitRows(Scenario test, Topic topic) {
        test.await().until("all rows", () -> test.database().count(topic.name()), rows -> rows == RECORDS);
    }

    private static String version(Connector connector) {
        JsonNode status = connector.rest().get("/connectors/" + connector.name() + "/status");
        return status.at("/connector/version").asText();
    }
}
