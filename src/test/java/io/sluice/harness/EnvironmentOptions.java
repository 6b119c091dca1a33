package io.sluice.harness;

import java.nio.file.Path;

/** How the servers of an {@link Environment} are run, and where their logs go. */
public record EnvironmentOptions(PostgresOptions postgres, ServerOptions broker, ServerOptions worker, Path logs) {

    public static EnvironmentOptions forTests() {
        return new EnvironmentOptions(
                PostgresOptions.forTests(),
                ServerOptions.forTests(),
                // It runs dozens of connectors at once, and some of their records are large.
                ServerOptions.forTests().withHeap("512m"),
                Project.target().resolve("harness" + fork()));
    }

    /** JVMs that run tests beside each other keep their logs apart. */
    private static String fork() {
        return Project.setting("sluice.fork").map(number -> "-" + number).orElse("");
    }

    public EnvironmentOptions withPostgres(PostgresOptions options) {
        return new EnvironmentOptions(options, broker, worker, logs);
    }

    public EnvironmentOptions withBroker(ServerOptions options) {
        return new EnvironmentOptions(postgres, options, worker, logs);
    }

    public EnvironmentOptions withWorker(ServerOptions options) {
        return new EnvironmentOptions(postgres, broker, options, logs);
    }

    public EnvironmentOptions withLogs(Path directory) {
        return new EnvironmentOptions(postgres, broker, worker, directory);
    }
}
