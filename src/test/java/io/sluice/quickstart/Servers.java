package io.sluice.quickstart;

import io.sluice.harness.EnvironmentOptions;
import io.sluice.harness.PostgresOptions;
import io.sluice.harness.ServerOptions;
import java.nio.file.Path;

/** How the servers are run: as in production where it costs nothing, and small enough for a laptop. */
final class Servers {

    private Servers() {}

    static EnvironmentOptions logging(Path logs) {
        return new EnvironmentOptions(postgres(), jvm("512m"), jvm("1g"), logs);
    }

    /** Commits reach the disk. The log of changes may grow before a checkpoint, so that there are few of them. */
    private static PostgresOptions postgres() {
        return PostgresOptions.durable().with("shared_buffers", "256MB").with("max_wal_size", "4GB");
    }

    private static ServerOptions jvm(String heap) {
        return ServerOptions.forBenchmarks().withHeap(heap);
    }
}
