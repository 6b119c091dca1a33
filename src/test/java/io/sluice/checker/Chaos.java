package io.sluice.checker;

import io.sluice.harness.Environment;
import io.sluice.harness.EnvironmentOptions;
import io.sluice.harness.Scenario;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** The checker as a program. */
public final class Chaos {
    private Chaos() {}

    /**
     * Options come as system properties: {@code minutes}, {@code seed}, {@code sink} (one of {@link Sink}, in any case) and
     * {@code project.build.directory}.
     */
    public static void main(String[] arguments) {
        System.exit(status(System.out));
    }

    private static int status(PrintStream out) {
        long seed = Long.parseLong(System.getProperty("seed", Long.toString(System.nanoTime() & 0xFFFF_FFFFL)));
        Duration time = Duration.ofMinutes(Long.parseLong(System.getProperty("minutes", "10")));
        Sink sink = Sink.valueOf(System.getProperty("sink", "exactly_once").toUpperCase(Locale.ROOT));
        Path logs =
                Path.of(System.getProperty("project.build.directory", "target")).resolve("chaos");
        out.printf("%s for %d minutes, seed %d%n", sink, time.toMinutes(), seed);
        try (Environment environment =
                        Environment.of(EnvironmentOptions.forTests().withLogs(logs));
                Scenario scenario = environment.scenario("chaos")) {
            Run.Outcome outcome = new Run(scenario, sink, seed, time, out).run();
            out.println(outcome.text());
            return outcome.violations().isEmpty() ? 0 : 1;
        }
    }
}
