package io.sluice.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(HarnessExtension.class)
final class QuickstartIT {

    private static final int PARTITIONS = 3;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Test
    void bringsOrdersIntoATableThatIsEqual(Scenario test) {
        Workload workload = OrderWorkload.of(20_000);
        Stage stage = stage(test, workload);

        Comparison comparison = run(stage, workload);

        assertThat(comparison.examples()).isEmpty();
        assertThat(comparison.isEqual()).isTrue();
        assertThat(comparison.rows())
                .isEqualTo(test.database().count(stage.topic().name()));
        assertThat(screen.toString(StandardCharsets.UTF_8)).contains("written      20,000", "flowing");
    }

    @Test
    void bringsUnevenLinesIntoATableThatIsEqual(Scenario test) throws IOException {
        Workload workload = FileWorkload.of(Files.writeString(directory.resolve("uneven.json"), """
                {"name": "Ελένη", "age": 30, "tags": ["a", {"b": [1, 2.5, null]}], "large": 9223372036854775807}
                {"name": null, "age": 30.5, "nested": {"deep": {"er": "日本語", "n": 9007199254740993}}}
                {"age": "unknown", "active": true, "tags": []}
                {"age": {"years": 3}, "note": "a\\ttab, a \\"quote\\", a \\\\ and 🎁"}
                {"name": "Ελένη", "age": 30, "tags": ["a", {"b": [1, 2.5, null]}], "large": 9223372036854775807}
                {"tags": "one", "active": "perhaps", "small": 1e-7, "huge": 1.7976931348623157e308}
                """));
        Stage stage = stage(test, workload);

        Comparison comparison = run(stage, workload);

        assertThat(comparison.examples()).isEmpty();
        assertThat(comparison.rows()).isEqualTo(6);
    }

    /** Rows of one batch are encoded before and after their column is widened. */
    @Test
    void bringsFieldsThatChangeTheirKindIntoATableThatIsEqual(Scenario test) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append("{\"b").append(i).append("\": true}\n{\"b").append(i).append("\": \"x\"}\n");
            lines.append("{\"n").append(i).append("\": 1.5}\n{\"n").append(i).append("\": [1]}\n");
        }
        Workload workload = FileWorkload.of(Files.writeString(directory.resolve("kinds.json"), lines));

        Comparison comparison = run(stage(test, workload), workload);

        assertThat(comparison.examples()).isEmpty();
        assertThat(comparison.rows()).isEqualTo(160);
    }

    @Test
    void findsARowThatSomebodyChanged(Scenario test) throws IOException {
        Workload workload = FileWorkload.of(Files.writeString(directory.resolve("two.json"), """
                {"name": "first", "n": 1}
                {"name": "second", "n": 2}
                """));
        Stage stage = stage(test, workload);
        String table = stage.topic().name();
        run(stage, workload);

        test.database().execute("UPDATE \"" + table + "\" SET n = 3 WHERE n = 2");
        Comparison comparison = workload.compare(test.database(), table);

        assertThat(comparison.differences()).isEqualTo(1);
        assertThat(comparison.examples())
                .anyMatch(example -> example.startsWith("line 2: {\"name\": \"second\", \"n\": 2}"));
    }

    private Stage stage(Scenario test, Workload workload) {
        Stage stage = new Stage(
                test.broker(),
                test.worker(),
                test.database(),
                test.topic(workload.topic(), PARTITIONS),
                test.connector("quickstart"));
        stage.createConnector(Path.of("config").resolve(workload.configuration()));
        return stage;
    }

    private Comparison run(Stage stage, Workload workload) {
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        return new Run(stage, workload, out, LiveLine.APPENDED, System::nanoTime).play();
    }
}
