package io.sluice.compatibility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the matrix found, as {@code src/docs/compatibility.md}. */
final class CompatibilityPage {

    private final Map<Cell, Outcome> outcomes;
    private final List<String> notes = new ArrayList<>();

    private CompatibilityPage(Map<Cell, Outcome> outcomes) {
        this.outcomes = outcomes;
    }

    static String of(Map<Cell, Outcome> outcomes, Jdks jdks) {
        CompatibilityPage page = new CompatibilityPage(outcomes);
        String tables = Versions.JAVA.stream()
                .map(java -> page.table(java, jdks.home(java).map(Jdks::version).orElse("none on this machine")))
                .collect(Collectors.joining("\n"));
        return """
                # Versions

                `mvn -Pmatrix` builds the archive, installs it into these workers and runs the same checks with real servers:
                %s.

                Broker and worker are of one version and run on the Java of their table. The archive is the same everywhere; it is
                compiled for Java 17. The newest Kafka is tried with every PostgreSQL and the newest PostgreSQL with every Kafka, on
                the oldest Java, and the ends of the three ranges in all combinations; a dash is a cell that was not tried.
                `mvn -Pmatrix -Dcells=REGEX` runs any of them, by names such as `Kafka Connect 3.9.2, PostgreSQL 14.22, Java 17`.
                This page is what the last run of `mvn -Pmatrix` wrote.

                %s%s""".formatted(checks(), tables, page.allNotes());
    }

    private static String checks() {
        return Arrays.stream(Check.values()).map(Check::title).collect(Collectors.joining(", "));
    }

    private String table(int java, String version) {
        StringBuilder table = new StringBuilder("## Java " + java + " (" + version + ")\n\n| Kafka Connect |");
        Versions.POSTGRES.forEach(postgres -> table.append(" PostgreSQL ")
                .append(Versions.postgresName(postgres))
                .append(" |"));
        table.append("\n|---").append("|---".repeat(Versions.POSTGRES.size())).append("|\n");
        for (String kafka : Versions.KAFKA) {
            table.append("| ").append(kafka).append(" |");
            Versions.POSTGRES.forEach(postgres -> table.append(' ')
                    .append(entry(Optional.ofNullable(outcomes.get(new Cell(kafka, postgres, java)))))
                    .append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    private String entry(Optional<Outcome> outcome) {
        return outcome.map(this::text).orElse("–");
    }

    private String text(Outcome outcome) {
        if (outcome.isGreen()) {
            return "works";
        }
        if (!notes.contains(outcome.problem())) {
            notes.add(outcome.problem());
        }
        return "no (" + (notes.indexOf(outcome.problem()) + 1) + ")";
    }

    private String allNotes() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < notes.size(); i++) {
            text.append("\n(").append(i + 1).append(") ").append(notes.get(i)).append('\n');
        }
        return text.toString();
    }
}
