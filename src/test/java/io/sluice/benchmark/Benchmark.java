package io.sluice.benchmark;

import io.sluice.harness.Scenario;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measures the connector on this machine: {@code mvn -Pbench}. Ends with 0 when all workloads were measured, whatever
 * came out, otherwise with 1.
 */
public final class Benchmark {

    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;

    private final BenchmarkOptions options;
    private final PrintStream out;
    private final List<Section> sections = new ArrayList<>();
    private int failures;

    private Benchmark(BenchmarkOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Options come as system properties: {@code workloads}, {@code contenders}, {@code repetitions}, {@code warmup},
     * {@code records}, {@code report}, {@code profile} and {@code baseline}.
     */
    public static void main(String[] arguments) {
        // The plots need no screen.
        System.setProperty("java.awt.headless", "true");
        System.exit(status(System.out));
    }

    private static int status(PrintStream out) {
        try {
            return new Benchmark(BenchmarkOptions.from(System::getProperty), out).run();
        } catch (BenchmarkException e) {
            out.println(e.getMessage());
        } catch (RuntimeException | Error e) {
            out.println("The benchmark could not go on. The servers' logs are in target/bench/logs.");
            e.printStackTrace(out);
        }
        return FAILURE;
    }

    private int run() {
        List<Workload> chosen = chosen();
        out.println("Starting PostgreSQL and a Kafka broker …");
        try (Rig rig = Rig.start(options, out)) {
            Machine machine = Machine.of(rig, LocalDate.now(ZoneOffset.UTC));
            Outcomes outcomes = new Outcomes(Machine.cores());
            for (Workload workload : chosen) {
                measure(workload, rig, outcomes);
                Report.write(options.directory().resolve("benchmarks.md"), machine, options, sections);
            }
            Report.write(options.reportFile(), machine, options, sections);
            out.println("The report is " + options.reportFile());
        }
        return failures == 0 ? SUCCESS : FAILURE;
    }

    /** One that fails does not take the others with it. */
    private void measure(Workload workload, Rig rig, Outcomes outcomes) {
        out.println("\n" + workload.id());
        try {
            Section section = section(workload, rig, outcomes);
            sections.add(section);
            out.println("\n" + section.markdown(""));
        } catch (RuntimeException | AssertionError e) {
            failures++;
            e.printStackTrace(out);
            sections.add(
                    new Section(workload.id(), "not measured", "It failed: " + e, List.of(), List.of(), "", Map.of()));
        }
    }

    private static Section section(Workload workload, Rig rig, Outcomes outcomes) {
        try (Scenario scenario = rig.scenario(workload.id())) {
            try {
                return workload.run(rig, scenario, outcomes);
            } finally {
                rig.endRecordings();
            }
        }
    }

    private List<Workload> chosen() {
        List<Workload> all = Workloads.all();
        for (String wanted : options.workloads()) {
            if (all.stream().noneMatch(workload -> workload.id().equals(wanted))) {
                throw new BenchmarkException("There is no workload " + wanted + ". There are: "
                        + all.stream().map(Workload::id).collect(Collectors.joining(", ")));
            }
        }
        return all.stream()
                .filter(workload ->
                        options.workloads().isEmpty() || options.workloads().contains(workload.id()))
                .toList();
    }
}
