package io.sluice.flow;

import io.sluice.config.FlowConfig;
import io.sluice.metrics.PauseCause;
import io.sluice.metrics.SinkMetrics;
import java.util.Collection;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts what waits between {@code put} and durability, and holds the partitions back while that is too much: all of them
 * from the limit of records or bytes on, until both are down to half of theirs, and as long as a rate limit is reached or the server is away;
 * one of them alone while it holds more than its share, or while its table is stuck.
 *
 * <p>Belongs to the task thread.
 */
public final class FlowControl {
    /** What the largest call brought is forgotten by a thousandth with each other one. */
    private static final int FORGETTING = 10;

    private final SinkMetrics metrics;
    private final Watermarks recordMarks;
    private final Watermarks byteMarks;
    private final Shares shares;
    private final RateLimit rate;
    private final CircuitBreaker breaker;
    private final Pauses pauses;
    private final Levels levels = new Levels();
    private Level fresh = new Level();
    private long largest;

    /**
     * @param nanos a clock that never goes back, in nanoseconds
     */
    public FlowControl(
            FlowConfig config, Valve valve, SinkMetrics metrics, CircuitBreaker breaker, LongSupplier nanos) {
        this.metrics = metrics;
        this.recordMarks = new Watermarks(config.maxRecords());
        this.byteMarks = new Watermarks(config.maxBytes());
        this.shares = new Shares(recordMarks, byteMarks);
        this.rate = new RateLimit(config, nanos);
        this.breaker = breaker;
        this.pauses = new Pauses(valve, metrics);
    }

    /** A record of the partition has come in. */
    public void add(TopicPartition partition, long bytes) {
        levels.add(partition, 1, bytes);
        fresh.add(1, bytes);
    }

    /** One has become durable, or was dropped because its partition was taken away. */
    public void remove(TopicPartition partition, long bytes) {
        levels.add(partition, -1, -bytes);
    }

    /**
     * Pauses or resumes as the levels demand.
     *
     * @param stuck the partitions that wait for a table
     */
    public void regulate(Set<TopicPartition> stuck) {
        Level all = levels.all();
        Level apart = levels.of(stuck);
        if (!fresh.isEmpty()) {
            // The next call may bring as much as any of the last ones.
            largest = Math.max(fresh.bytes(), largest - (largest >> FORGETTING));
        }
        // Both marks see every level, so that neither misses its turn.
        boolean manyRecords = recordMarks.isHigh(all.records(), apart.records(), 0);
        boolean manyBytes = byteMarks.isHigh(all.bytes(), apart.bytes(), largest);
        rate.take(fresh.records(), fresh.bytes());
        fresh = new Level();
        metrics.queued(all.records(), all.bytes());
        pauses.all(PauseCause.BUFFER, manyRecords || manyBytes);
        pauses.all(PauseCause.RATE, rate.isReached());
        // Without anything to write no lane would ever find out that the server is back.
        pauses.all(PauseCause.BREAKER, breaker.isOpen() && all.records() > 0);
        pauses.some(shares.full(levels, stuck), stuck);
        pauses.settle();
    }

    /**
     * Partitions were assigned. Connect keeps a partition paused across a revocation, and does not pause a new one, so
     * both are set right here.
     */
    public void assigned() {
        pauses.assigned();
    }

    /** Holds an assigned partition back, whatever the level is. */
    public void hold(TopicPartition partition) {
        pauses.hold(partition);
    }

    /** Lets an assigned partition flow again, if the level allows it. */
    public void release(TopicPartition partition) {
        pauses.release(partition);
    }

    /** Partitions were taken away. */
    public void revoked(Collection<TopicPartition> partitions) {
        pauses.revoked(partitions);
    }

    /** Whether partitions are held back that may flow again at any moment. */
    public boolean isPaused() {
        return pauses.areAny();
    }

    /** Records that wait. */
    public long records() {
        return levels.all().records();
    }
}
