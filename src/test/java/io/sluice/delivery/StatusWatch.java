package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.ConnectorStatus;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a connector's tasks all the time and remembers in which states they were. */
final class StatusWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 100;

    private final Connector connector;
    private final Set<String> states = new ConcurrentSkipListSet<>();
    private final Map<String, String> traces = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "status-watch");
        thread.setDaemon(true);
        return thread;
    });

    private StatusWatch(Connector connector) {
        this.connector = connector;
    }

    /** Watches from now on; a worker that is away is asked until it answers. */
    static StatusWatch over(Connector connector) {
        StatusWatch watch = new StatusWatch(connector);
        var unused = watch.watcher.scheduleWithFixedDelay(watch::look, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** The tasks were never in another state than these, and in one of them at least once. */
    void assertOnly(String... allowed) {
        assertThat(states).as(() -> "states of tasks " + traces).isNotEmpty().isSubsetOf(allowed);
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }

    private void look() {
        try {
            ConnectorStatus status = connector.status();
            status.tasks().forEach(task -> states.add(task.state()));
            if (status.hasFailed()) {
                traces.put("FAILED", status.traces());
            }
        } catch (RuntimeException | AssertionError e) {
            // No answer is no state: in these tests workers come and go.
        }
    }
}
