package io.sluice.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param workloads names of workloads; none for all
 * @param contenders names of contenders; none for all
 * @param warmUp how long at least each sink runs before it is measured
 * @param records the number that the workloads' numbers of records follow from
 * @param baseline an archive of an earlier build, to be measured beside this one
 * @param report where the report is to go, if the user said so
 * @param root the checkout
 * @param directory for logs, profiles and whatever is needed only while the benchmark runs
 */
record BenchmarkOptions(
        List<String> workloads,
        List<String> contenders,
        int repetitions,
        Duration warmUp,
        int records,
        Profiling profiling,
        Optional<Path> baseline,
        Optional<Path> report,
        Path root,
        Path directory) {

    private static final int REPETITIONS = 5;
    private static final int WARM_UP_SECONDS = 30;
    private static final int RECORDS = 2_000_000;

    /** Whether Sluice's worker is recorded by JDK Flight Recorder. */
    enum Profiling {
        OFF,
        ON
    }

    BenchmarkOptions {
        workloads = List.copyOf(workloads);
        contenders = List.copyOf(contenders);
    }

    /** Reads system properties, as Maven hands them on from its command line. */
    static BenchmarkOptions from(Function<String, @Nullable String> properties) {
        return new BenchmarkOptions(
                list(properties, "workloads"),
                list(properties, "contenders"),
                number(properties, "repetitions", REPETITIONS),
                Duration.ofSeconds(number(properties, "warmup", WARM_UP_SECONDS)),
                number(properties, "records", RECORDS),
                text(properties, "profile")
                                .filter(value -> !value.equals("false"))
                                .isPresent()
                        ? Profiling.ON
                        : Profiling.OFF,
                text(properties, "baseline").map(file -> Path.of(file).toAbsolutePath()),
                text(properties, "report").map(file -> Path.of(file).toAbsolutePath()),
                Path.of(text(properties, "basedir").orElse("")).toAbsolutePath(),
                Path.of(text(properties, "project.build.directory").orElse("target"))
                        .toAbsolutePath()
                        .resolve("bench"));
    }

    /** Everything is measured that there is, as often, as warm and with as many records as it is meant to be. */
    boolean isWhole() {
        return workloads.isEmpty()
                && contenders.isEmpty()
                && repetitions >= REPETITIONS
                && warmUp.toSeconds() >= WARM_UP_SECONDS
                && records >= RECORDS
                && profiling == Profiling.OFF
                && baseline.isEmpty();
    }

    /** A part of a benchmark does not replace the report of a whole one. */
    Path reportFile() {
        return report.orElseGet(() -> (isWhole() ? root.resolve("src/docs") : directory).resolve("benchmarks.md"));
    }

    boolean asksFor(String contender) {
        return contenders.isEmpty() || contenders.contains(contender);
    }

    private static List<String> list(Function<String, @Nullable String> properties, String name) {
        return text(properties, name)
                .map(value ->
                        Arrays.stream(value.split(",", -1)).map(String::strip).toList())
                .orElse(List.of());
    }

    private static Optional<String> text(Function<String, @Nullable String> properties, String name) {
        return Optional.ofNullable(properties.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static int number(Function<String, @Nullable String> properties, String name, int otherwise) {
        String value = text(properties, name).orElse("");
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BenchmarkException(
                "-D" + name + "=" + value + " is not a number from 1 to " + Integer.MAX_VALUE + ".");
    }
}
