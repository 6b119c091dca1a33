package io.sluice.watch;

import io.sluice.metrics.BusyLane;
import io.sluice.metrics.LaneWork;
import io.sluice.metrics.PartitionGauge;
import io.sluice.metrics.TaskMetrics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a task's numbers once a second and says in the log, and in the metrics, when they are not as they were: a topic
 * whose lag grows, a lane that stands still, retries that pile up. While there is something, PostgreSQL is asked for the
 * cause.
 *
 * <p>Threading: a thread of its own, on which everything here happens.
 */
public final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** How long a lane may be at one transaction before anybody minds. */
    private static final double STILL_SECONDS = 5;

    private static final double STILL_DEVIATION = 0.5;
    private static final double MANY_RETRIES = 5;
    private static final double RETRY_DEVIATION = 1;
    private static final int RETRY_SECONDS = 10;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String RETRIES = "retries";

    private final TaskMetrics metrics;
    private final Causes causes;
    private final LongSupplier nanos;
    private final ScheduledExecutorService executor;
    private final Anomalies anomalies = new Anomalies(LOG::warn, LOG::info);
    private final Map<String, Growth> topics = new HashMap<>();
    private final Outlier still = new Outlier(STILL_SECONDS, STILL_DEVIATION, new Steady(2, 3));
    private final Outlier retrying = new Outlier(MANY_RETRIES, RETRY_DEVIATION, new Steady(2, RETRY_SECONDS));
    private final long[] retriesBefore = new long[RETRY_SECONDS];
    private String stillTable = "";
    private int ticks;
    private Cause cause = Cause.UNKNOWN;
    private long askedAt;
    private boolean asked;

    Watch(TaskMetrics metrics, DataSource connections, ThreadFactory threads, LongSupplier nanos) {
        this.metrics = metrics;
        this.causes = new Causes(connections);
        this.nanos = nanos;
        this.executor = Executors.newSingleThreadScheduledExecutor(threads);
    }

    /**
     * Watches a task until it is closed.
     *
     * @param connections where PostgreSQL is asked; each connection is closed again
     */
    public static Watch start(TaskMetrics metrics, DataSource connections, ThreadFactory threads) {
        Watch watch = new Watch(metrics, connections, threads, System::nanoTime);
        var unused = watch.executor.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    void look() {
        try {
            long now = nanos.getAsLong();
            lookAtLags(now);
            lookAtLanes(now);
            lookAtRetries(now);
            asked &= !anomalies.lines().isEmpty();
            metrics.anomalies(anomalies.lines());
        } catch (RuntimeException e) {
            // Whoever watches must not be in the way; the next look may be luckier.
            LOG.debug("The task could not be looked at", e);
        }
    }

    private void lookAtLags(long now) {
        Map<String, Lag> lags = new TreeMap<>();
        for (PartitionGauge partition : metrics.partitions()) {
            partition.tick(now);
            lags.merge(partition.partition().topic(), Lag.of(partition), Lag::plus);
        }
        lags.forEach((topic, lag) -> {
            Growth growth = topics.computeIfAbsent(topic, any -> new Growth());
            if (growth.next(lag.records(), lag.in())) {
                anomalies.raise("lag " + topic, lag.fallsBehind(topic), cause(now), now);
            } else {
                anomalies.clear("lag " + topic, topic + " does not fall behind any more");
            }
        });
        topics.keySet().removeIf(topic -> !lags.containsKey(topic));
        for (String subject : anomalies.subjects()) {
            if (subject.startsWith("lag ") && !lags.containsKey(subject.substring("lag ".length()))) {
                anomalies.clear(subject, "The task has no partition of it any more: " + subject);
            }
        }
    }

    private void lookAtLanes(long now) {
        Optional<BusyLane> slowest = metrics.lanes().stream().max(Comparator.comparingLong(BusyLane::nanos));
        double seconds = slowest.map(lane -> lane.nanos() / NANOS_PER_SECOND).orElse(0.0);
        boolean stands = still.next(seconds);
        if (stands && slowest.isPresent()) {
            stillTable = slowest.get().work().map(LaneWork::table).orElse("");
            String what = String.format(Locale.ROOT, "%s has stood still for %,d seconds", writing(), (long) seconds);
            anomalies.raise("lanes", what, cause(now), now);
        } else if (!stands) {
            anomalies.clear("lanes", writing() + " goes on");
        }
    }

    /** A lane that waits for a session or for a table's definition is at no table yet. */
    private String writing() {
        return stillTable.isEmpty() ? "Writing" : "Writing " + stillTable;
    }

    private void lookAtRetries(long now) {
        int slot = ticks++ % RETRY_SECONDS;
        long retries = metrics.retries();
        long recent = ticks > RETRY_SECONDS ? retries - retriesBefore[slot] : retries;
        retriesBefore[slot] = retries;
        if (retrying.next((double) recent)) {
            String what = String.format(
                    Locale.ROOT, "Writing was tried again %,d times in %d seconds", recent, RETRY_SECONDS);
            anomalies.raise(RETRIES, what, cause(now), now);
        } else {
            anomalies.clear(RETRIES, "Writing is hardly ever tried again any more");
        }
    }

    /** What PostgreSQL said last, asked anew every few seconds while it is of interest. */
    private Cause cause(long now) {
        if (metrics.isServerAway()) {
            return Cause.AWAY;
        }
        boolean due = !asked || now - askedAt >= ASK_AGAIN_NANOS || !cause.isKnown();
        // Of all that is out of the ordinary in one look the first asks.
        if (due && !(asked && askedAt == now)) {
            List<Integer> processes = metrics.lanes().stream()
                    .flatMap(lane -> lane.work().stream())
                    .map(LaneWork::backendPid)
                    .toList();
            Cause answer = causes.of(processes);
            // Between two tries a lane waits for nothing, and that is no news.
            if (answer.isKnown() || !asked) {
                cause = answer;
            }
            askedAt = now;
            asked = true;
        }
        return cause;
    }
}
