package io.sluice.flow;

import io.sluice.metrics.PauseCause;
import io.sluice.metrics.SinkMetrics;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions are held back and why: all of them for one cause or another, or some of them each for its own. Connect is
 * told what changes.
 *
 * <p>Belongs to the task thread.
 */
final class Pauses {
    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

    private final Valve valve;
    private final SinkMetrics metrics;
    private final Set<PauseCause> forAll = EnumSet.noneOf(PauseCause.class);
    private final Set<TopicPartition> held = new HashSet<>();
    private Set<TopicPartition> full = Set.of();
    private Set<TopicPartition> stuck = Set.of();
    private boolean closed;
    private final Map<PauseCause, Integer> reported = new EnumMap<>(PauseCause.class);

    Pauses(Valve valve, SinkMetrics metrics) {
        this.valve = valve;
        this.metrics = metrics;
    }

    /** Holds all partitions back for that cause, or no longer. */
    void all(PauseCause cause, boolean high) {
        if (high) {
            forAll.add(cause);
        } else {
            forAll.remove(cause);
        }
    }

    /**
     * Holds these back alone.
     *
     * @param fullNow those that hold more than their share
     * @param stuckNow those whose tables take nothing
     */
    void some(Set<TopicPartition> fullNow, Set<TopicPartition> stuckNow) {
        if (!closed && !(full.equals(fullNow) && stuck.equals(stuckNow))) {
            Set<TopicPartition> before = apart();
            full = Set.copyOf(fullNow);
            stuck = Set.copyOf(stuckNow);
            Set<TopicPartition> now = apart();
            now.stream().filter(partition -> !before.contains(partition)).forEach(valve::pause);
            before.stream().filter(partition -> !now.contains(partition)).forEach(valve::resume);
        } else {
            full = Set.copyOf(fullNow);
            stuck = Set.copyOf(stuckNow);
        }
    }

    /** Tells Connect whether all are held back, if that has changed, and the metrics how many are. */
    void settle() {
        if (closed == forAll.isEmpty()) {
            closed = !closed;
            tellAll();
            LOG.debug("Partitions are held back for {}", forAll);
        } else if (!closed) {
            reportSome();
        }
    }

    /** Partitions were assigned, of which nobody knows whether they are paused. */
    void assigned() {
        tellAll();
    }

    /** Partitions were taken away. */
    void revoked(Collection<TopicPartition> partitions) {
        held.removeAll(partitions);
        full = without(full, partitions);
        stuck = without(stuck, partitions);
    }

    void hold(TopicPartition partition) {
        held.add(partition);
        valve.pause(partition);
    }

    void release(TopicPartition partition) {
        held.remove(partition);
        if (!closed && !apart().contains(partition)) {
            valve.resume(partition);
        }
    }

    /** Whether any is held back that will flow again as soon as there is room. */
    boolean areAny() {
        return closed || !full.isEmpty();
    }

    private void tellAll() {
        if (closed) {
            int all = valve.pauseAll();
            PauseCause counts = forAll.iterator().next();
            for (PauseCause cause : PauseCause.values()) {
                report(cause, cause == counts ? all : 0);
            }
        } else {
            valve.resumeAllBut(apart());
            full.forEach(valve::pause);
            stuck.forEach(valve::pause);
            reportSome();
        }
    }

    private void reportSome() {
        for (PauseCause cause : PauseCause.values()) {
            report(
                    cause,
                    switch (cause) {
                        case BUFFER -> full.size();
                        case TABLE -> stuck.size();
                        case LEDGER -> held.size();
                        case RATE, BREAKER -> 0;
                    });
        }
    }

    private void report(PauseCause cause, int partitions) {
        Integer before = reported.put(cause, partitions);
        if (before == null || before != partitions) {
            metrics.paused(cause, partitions);
        }
    }

    private Set<TopicPartition> apart() {
        Set<TopicPartition> all = new HashSet<>(held);
        all.addAll(full);
        all.addAll(stuck);
        return all;
    }

    private static Set<TopicPartition> without(Set<TopicPartition> partitions, Collection<TopicPartition> gone) {
        Set<TopicPartition> left = new HashSet<>(partitions);
        left.removeAll(gone);
        return left;
    }
}
