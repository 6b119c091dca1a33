package io.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.PluginArchive;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import io.sluice.harness.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of the plugin in one worker, as from Kafka 4.1 on. */
@ExtendWith(HarnessExtension.class)
final class SideBySideIT {

    private static final String THIS = System.getProperty("project.version");
    private static final String OTHER = "0.0.1";

    @TempDir
    private Path directory;

    @Test
    void connectorsChooseTheirVersion(Scenario test) throws IOException {
        new ComponentArchive().installInto(Files.createDirectories(directory.resolve("this")));
        Path other = PluginArchive.unpack(new ComponentArchive().zip, OTHER);
        ServerOptions options = ServerOptions.forTests().with("plugin.path", directory.resolve("this") + "," + other);
        ConnectWorker worker = test.startWorker("two", options);
        Topic topic = test.topic("rows", 1);
        topic.send(10, id -> Message.json(Map.of("id", id)));

        for (Map.Entry<String, String> choice :
                Map.of("[" + THIS + "]", THIS, "[0,0.1)", OTHER).entrySet()) {
            String table = "t" + choice.getValue();
            Connector sink = test.connector(worker, table)
                    .configure(test.sinkConfig(
                            topic,
                            Map.of(
                                    "connector.plugin.version",
                                    choice.getKey(),
                                    "table.name.format",
                                    '"' + table + '"',
                                    "pk.mode",
                                    "none",
                                    "auto.create",
                                    "true")))
                    .awaitRunning();

            test.await().until("rows in " + table, () -> test.database().count(table), rows -> rows == 10);
            assertThat(List.of(version(sink, "/connector/version"), version(sink, "/tasks/0/version")))
                    .containsOnly(choice.getValue());
        }
    }

    private static String version(Connector connector, String pointer) {
        return connector
                .rest()
                .get("/connectors/" + connector.name() + "/status")
                .at(pointer)
                .asText();
    }
}
