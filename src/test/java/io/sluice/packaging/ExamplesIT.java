package io.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example writes rows, and has no setting that does not exist. */
@ExtendWith(HarnessExtension.class)
final class ExamplesIT {

    static List<Example> examples() throws IOException {
        return Example.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void writesRows(Example example, Scenario test) throws IOException {
        assertThat(ExampleRun.BY_FILE).containsKey(example.file());
        ExampleRun run = ExampleRun.BY_FILE.get(example.file());
        Topic topic = test.topic(run.topic(), 1);
        for (String table : run.tables()) {
            test.database().execute(table.replace("TOPIC", topic.name()));
        }
        topic.send(run.records().stream());
        Map<String, String> config = example.configuration(test.database(), topic, run.topic());
        assertThat(Example.unknown(config, test.worker().rest())).isEmpty();

        Connector sink = test.connector("example").configure(config).awaitRunning();

        test.await().until("no lag", () -> sink.group(test.broker()).lag(topic) == 0);
        assertThat(test.database().number(run.query().replace("TOPIC", topic.name())))
                .isEqualTo(run.expected());
        sink.awaitRunning();
    }

    @Test
    void wouldFindASettingThatDoesNotExist(Scenario test) throws IOException {
        Topic topic = test.topic("orders", 1);
        Map<String, String> config = new Example("smallest.json").configuration(test.database(), topic, "orders");
        config.put("no.such.setting", "1");
        config.put("consumer.override.no.such.setting", "1");
        config.put("value.converter.no.such.setting", "1");

        assertThat(Example.unknown(config, test.worker().rest()))
                .containsExactlyInAnyOrder(
                        "no.such.setting", "consumer.override.no.such.setting", "value.converter.no.such.setting");
    }

    @Test
    void theReadmeSaysWhenToUseEachFile() throws IOException {
        String readme = Files.readString(Example.FOLDER.resolve("README.md"));

        assertThat(Example.all()).allSatisfy(example -> assertThat(readme).contains("| `" + example.file() + "` | "));
    }
}
