package io.sluice.compatibility;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.sluice.harness.Database;
import io.sluice.harness.Environment;
import io.sluice.harness.EnvironmentOptions;
import io.sluice.harness.HarnessException;
import io.sluice.harness.PostgresOptions;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs every check in every cell. Broker and worker stay while the PostgreSQL behind them changes. */
public final class Matrix {

    private final Path logs;
    private final PrintStream out;
    private final Jdks jdks = Jdks.ofThisMachine();
    private final Map<Cell, Outcome> outcomes = new LinkedHashMap<>();

    private Matrix(Path logs, PrintStream out) {
        this.logs = logs;
        this.out = out;
    }

    /**
     * {@code -Dcells=REGEX} runs those of all cells whose names, such as {@code Kafka Connect 3.9.2, PostgreSQL 14.22, Java
     * 17}, contain a match, and leaves the page as it is.
     */
    public static void main(String[] arguments) throws IOException {
        String chosen = System.getProperty("cells", "");
        Path target = Path.of(System.getProperty("project.build.directory", "target"));
        Matrix matrix = new Matrix(target.resolve("matrix"), System.out);
        matrix.run(chosen.isEmpty() ? Cell.axesAndCorners() : matching(Pattern.compile(chosen)));
        if (chosen.isEmpty()) {
            Path page = Path.of(System.getProperty("basedir", ""), "src", "docs", "compatibility.md");
            Files.writeString(page, CompatibilityPage.of(matrix.outcomes, matrix.jdks));
        }
        long red = matrix.outcomes.values().stream()
                .filter(outcome -> !outcome.isGreen())
                .count();
        matrix.out.printf("%d cells, %d not green%n", matrix.outcomes.size(), red);
        System.exit(red == 0 ? 0 : 1);
    }

    private static List<Cell> matching(Pattern pattern) {
        return Cell.all().stream()
                .filter(cell -> pattern.matcher(cell.toString()).find())
                .toList();
    }

    private void run(List<Cell> cells) {
        Map<Workers, List<Cell>> rows = cells.stream().collect(groupingBy(Workers::of, LinkedHashMap::new, toList()));
        rows.forEach(this::runRow);
    }

    private void runRow(Workers workers, List<Cell> cells) {
        Path home = jdks.home(workers.java()).orElse(null);
        if (home == null) {
            Outcome none = Outcome.notRun("there is no Java " + workers.java() + " beside the one that runs Maven");
            cells.forEach(cell -> report(cell, none));
            return;
        }
        try (Environment environment = Environment.of(workers.options(home, logs))) {
            environment.worker();
            cells.forEach(cell -> report(cell, runCell(cell, environment)));
        } catch (HarnessException | AssertionError e) {
            Outcome none = Outcome.notRun(e.toString().lines().findFirst().orElse(""));
            cells.stream().filter(cell -> !outcomes.containsKey(cell)).forEach(cell -> report(cell, none));
        }
    }

    private static Outcome runCell(Cell cell, Environment environment) {
        Check current = Check.CREATE_TABLE;
        try (Scenario scenario = environment.scenario("postgres-" + cell.postgres())) {
            Database database = scenario.startPostgres(
                            "postgres", PostgresOptions.forTests().withVersion(cell.postgres()))
                    .createDatabase("compatibility");
            for (Check check : Check.values()) {
                current = check;
                check.run(new Stage(scenario, database));
            }
            return Outcome.GREEN;
        } catch (HarnessException | AssertionError e) {
            return Outcome.of(current, e);
        }
    }

    private void report(Cell cell, Outcome outcome) {
        outcomes.put(cell, outcome);
        out.println(cell + ": " + outcome);
    }

    /** What one broker and one worker can be kept for. */
    private record Workers(String kafka, int java) {

        static Workers of(Cell cell) {
            return new Workers(cell.kafka(), cell.java());
        }

        EnvironmentOptions options(Path home, Path logs) {
            ServerOptions server = ServerOptions.forTests().withKafka(kafka).withJava(home);
            return EnvironmentOptions.forTests()
                    .withBroker(server)
                    .withWorker(server.withHeap("512m"))
                    .withLogs(logs.resolve("kafka-" + kafka + "-java-" + java));
        }
    }
}
