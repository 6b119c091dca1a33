package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.NeedsProcesses;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import io.sluice.harness.Topic;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers find the packaged plugin, by whatever way they look, and can run it. */
@ExtendWith(HarnessExtension.class)
final class PluginLoadingIT {
    private static final String OLDEST = "3.9.2";
    private static final int RECORDS = 1_000;

    @Test
    void isFoundByItsServiceFile(Scenario test) {
        assertThat(sinkVersion(test.worker())).isEqualTo(System.getProperty("project.version"));
    }

    @Test
    void isFoundWhereEveryPluginNeedsAServiceFile(Scenario test) {
        ConnectWorker worker =
                test.startWorker("strict", ServerOptions.forTests().with("plugin.discovery", "hybrid_fail"));

        assertThat(sinkVersion(worker)).isEqualTo(System.getProperty("project.version"));
    }

    @NeedsProcesses
    @Test
    void writesRowsOnAWorkerOfKafka3(Scenario test) {
        ConnectWorker worker = test.startWorker("old", ServerOptions.forTests().withKafka(OLDEST));
        Topic topic = test.topic("old", 2);
        Rows.createTable(test.database());
        topic.send(RECORDS, i -> Message.json(Map.of("id", i, "version", i)).keyJson(i));

        assertThat(worker.rest().root().path("version").asText()).isEqualTo(OLDEST);
        assertThat(sinkVersion(worker)).isEqualTo(System.getProperty("project.version"));
        Connector sink = test.connector(worker, "old").configure(test.sinkConfig(topic, Rows.INTO_TABLE));
        sink.awaitRunning();

        test.await().until("no lag", () -> sink.group(test.broker()).lag(topic) == 0);
        assertThat(test.database().count(Rows.TABLE)).isEqualTo(RECORDS);
        sink.awaitRunning();
    }

    private static String sinkVersion(ConnectWorker worker) {
        JsonNode plugins = worker.rest().get("/connector-plugins");
        return StreamSupport.stream(plugins.spliterator(), false)
                .filter(plugin -> plugin.path("class").asText().equals("io.sluice.PostgresSinkConnector"))
                .filter(plugin -> plugin.path("type").asText().equals("sink"))
                .map(plugin -> plugin.path("version").asText())
                .findFirst()
                .orElse("missing");
    }
}
