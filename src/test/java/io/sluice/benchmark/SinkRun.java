package io.sluice.benchmark;

import io.sluice.harness.Await;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.ConnectorStatus;
import io.sluice.harness.ConsumerGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One run of a sink over one feed, by a connector of its own. Its time begins with the first record converted. */
record SinkRun(Stage stage, ConnectWorker worker, String name, Feed feed, Ending ending) {

    private static final Duration START_BUDGET = Duration.ofSeconds(60);
    private static final Duration RUN_BUDGET = Duration.ofMinutes(15);
    private static final Duration END_BUDGET = Duration.ofSeconds(60);

    /** What has to have happened at the end. */
    enum Ending {
        /** The last record was converted. */
        CONVERTED,
        /** All rows are in their tables. */
        VISIBLE
    }

    Measurement measure(SetUp setUp) {
        stage.tables().recreate(feed.tables());
        Path stopwatch = stage.rig().stopwatch(stage.scenario(), name);
        ProcessTimes.resetPeak(worker.pid());
        Connector connector = stage.scenario().connector(worker, name);
        connector.configure(
                setUp.with(Sinks.feed(feed, stopwatch)).with(setUp.settings()).settings());
        try {
            return measure(connector, stopwatch);
        } finally {
            connector.delete();
            ConsumerGroup group = connector.group(stage.scenario().broker());
            Await.atMost(END_BUDGET).until("the task of " + name + " to end", group::isEmpty);
        }
    }

    private Measurement measure(Connector connector, Path stopwatch) {
        long deadline = System.nanoTime() + RUN_BUDGET.toNanos();
        Runnable health = () -> requireHealth(connector, deadline);
        long start = awaitNote(stopwatch, ".first", System.nanoTime() + START_BUDGET.toNanos(), connector);
        CpuTimes before = stage.rig().cpu(worker);
        Visibility visibility = new Visibility(stage.scenario().database(), feed);
        long end = switch (ending) {
            case CONVERTED -> awaitNote(stopwatch, ".last", deadline, connector);
            case VISIBLE -> visibility.await(health);
        };
        CpuTimes used = stage.rig().cpu(worker).since(before);
        long peak = ProcessTimes.peakBytes(worker.pid());
        long verified = ending == Ending.VISIBLE ? visibility.verify(end) : end;
        return new Measurement(feed.events().count(), verified - start, used, peak);
    }

    /** Waits for a time that the converter notes in a file, and takes the file away. */
    private long awaitNote(Path stopwatch, String suffix, long deadline, Connector connector) {
        Path note = stopwatch.resolveSibling(stopwatch.getFileName() + suffix);
        long looks = 0;
        while (!Files.exists(note)) {
            Clock.sleep(Rig.LOOK_MILLIS);
            if (++looks % 200 == 0) {
                requireHealth(connector, deadline);
            }
        }
        try {
            long time = Long.parseLong(Files.readString(note));
            Files.delete(note);
            return time;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireHealth(Connector connector, long deadline) {
        ConnectorStatus status = connector.status();
        if (status.hasFailed()) {
            throw new BenchmarkException(name + " has failed: " + status.traces());
        }
        if (System.nanoTime() > deadline) {
            throw new BenchmarkException(name + " took too long. " + status);
        }
    }
}
