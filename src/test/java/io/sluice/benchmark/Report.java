package io.sluice.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report: how it was measured, on what machine, and a section for each workload. */
final class Report {

    private static final String PREFACE = """
            # Benchmarks

            Written by `mvn -Pbench`; what is changed here by hand is lost with the next run.

            """;

    private Report() {}

    static void write(Path file, Machine machine, BenchmarkOptions options, List<Section> sections) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            String text = sections.stream()
                    .map(section -> section.markdown(plot(section, file)))
                    .collect(Collectors.joining("\n"));
            Files.writeString(file, PREFACE + machine.markdown() + "\n" + Method.text(options) + "\n" + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the plot beside the report, and returns where it is from there. */
    private static String plot(Section section, Path report) {
        String name = "benchmarks/" + section.id().toLowerCase(Locale.ROOT) + ".svg";
        return Plot.write(section, report.resolveSibling(name)) ? name : "";
    }
}
