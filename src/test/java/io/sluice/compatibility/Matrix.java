package io.sluice.compatibility;

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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs every check in every cell. Broker and worker stay while the PostgreSQL behind them changes. */
public final class Matrix {

    private final Pattern wanted;
    private final Path logs;
    private final PrintStream out;
    private final Jdks jdks = Jdks.ofThisMachine();
    private final Map<Cell, Outcome> outcomes = new LinkedHashMap<>();

    private Matrix(Pattern wanted, Path logs, PrintStream out) {
        this.wanted = wanted;
        this.logs = logs;
        this.out = out;
    }

    /**
     * {@code -Dcells=REGEX} runs the cells alone whose names, such as {@code Kafka Connect 3.9.2, PostgreSQL 14.22, Java 17},
     * contain a match, and leaves the page as it is.
     */
    public static void main(String[] arguments) throws IOException {
        String cells = System.getProperty("cells", "");
        Path target = Path.of(System.getProperty("project.build.directory", "target"));
        Matrix matrix = new Matrix(Pattern.compile(cells), target.resolve("matrix"), System.out);
        matrix.run();
        if (cells.isEmpty()) {
            Path page = Path.of(System.getProperty("basedir", ""), "src", "docs", "compatibility.md");
            Files.writeString(page, CompatibilityPage.of(matrix.outcomes, matrix.jdks));
        }
        long red = matrix.outcomes.values().stream()
                .filter(outcome -> !outcome.isGreen())
                .count();
        matrix.out.printf("%d cells, %d not green%n", matrix.outcomes.size(), red);
        System.exit(red == 0 ? 0 : 1);
    }

    private void run() {
        for (int java : Versions.JAVA) {
            Optional<Path> home = jdks.home(java);
            for (String kafka : Versions.KAFKA) {
                if (Versions.POSTGRES.stream().noneMatch(postgres -> isWanted(new Cell(kafka, postgres, java)))) {
                    continue;
                }
                if (home.isPresent()) {
                    runRow(kafka, java, home.get());
                } else {
                    report(kafka, java, Outcome.notRun("there is no Java " + java + " beside the one that runs Maven"));
                }
            }
        }
    }

    private boolean isWanted(Cell cell) {
        return wanted.matcher(cell.toString()).find();
    }

    private void runRow(String kafka, int java, Path home) {
        Path rowLogs = logs.resolve("kafka-" + kafka + "-java-" + java);
        ServerOptions server = ServerOptions.forTests().withKafka(kafka).withJava(home);
        EnvironmentOptions options = EnvironmentOptions.forTests()
                .withBroker(server)
                .withWorker(server.withHeap("512m"))
                .withLogs(rowLogs);
        try (Environment environment = Environment.of(options)) {
            environment.worker();
            for (String postgres : Versions.POSTGRES) {
                Cell cell = new Cell(kafka, postgres, java);
                if (isWanted(cell)) {
                    report(cell, runCell(cell, environment));
                }
            }
        } catch (HarnessException | AssertionError e) {
            report(kafka, java, Outcome.notRun(e.toString().lines().findFirst().orElse("")));
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

    /** Every cell of a row that has none yet. */
    private void report(String kafka, int java, Outcome outcome) {
        for (String postgres : Versions.POSTGRES) {
            Cell cell = new Cell(kafka, postgres, java);
            if (isWanted(cell) && !outcomes.containsKey(cell)) {
                report(cell, outcome);
            }
        }
    }

    private void report(Cell cell, Outcome outcome) {
        outcomes.put(cell, outcome);
        out.println(cell + ": " + outcome);
    }
}
