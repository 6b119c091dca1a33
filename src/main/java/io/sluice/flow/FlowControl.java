package io.sluice.flow;

import io.sluice.config.FlowConfig;
import io.sluice.metrics.PauseCause;
import io.sluice.metrics.SinkMetrics;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what waits between {@code put} and durability, and holds the partitions back while that is too much: from the
 * limit of records or bytes on, until both are down to half of theirs.
 *
 * <p>Belongs to the task thread.
 */
public final class FlowControl {
    private static final Logger LOG = LoggerFactory.getLogger(FlowControl.class);

    private final Valve valve;
    private final SinkMetrics metrics;
    private final Watermarks recordMarks;
    private final Watermarks byteMarks;
    private long records;
    private long bytes;
    private boolean paused;
    private final Set<TopicPartition> held = new HashSet<>();

    public FlowControl(FlowConfig config, Valve valve, SinkMetrics metrics) {
        this.valve = valve;
        this.metrics = metrics;
        this.recordMarks = new Watermarks(config.maxRecords());
        this.byteMarks = new Watermarks(config.maxBytes());
    }

    /** Something has come in. */
    public void add(long moreRecords, long moreBytes) {
        records += moreRecords;
        bytes += moreBytes;
    }

    /** Something has become durable, or was dropped because its partition was taken away. */
    public void remove(long fewerRecords, long fewerBytes) {
        records -= fewerRecords;
        bytes -= fewerBytes;
    }

    /** Pauses or resumes as the level demands. */
    public void regulate() {
        // Both marks see every level, so that neither misses its turn.
        boolean manyRecords = recordMarks.isHigh(records);
        boolean manyBytes = byteMarks.isHigh(bytes);
        boolean high = manyRecords || manyBytes;
        metrics.queued(records, bytes);
        if (high && !paused) {
            pause();
        } else if (!high && paused) {
            valve.resumeAllBut(held);
            paused = false;
            metrics.paused(PauseCause.BUFFER, 0);
            LOG.debug("Resumed with {} records and {} bytes waiting", records, bytes);
        }
    }

    /**
     * Partitions were assigned. Connect keeps a partition paused across a revocation, and does not pause a new one, so
     * both are set right here.
     */
    public void assigned() {
        if (paused) {
            pause();
        } else {
            valve.resumeAllBut(held);
        }
    }

    /** Holds an assigned partition back, whatever the level is. */
    public void hold(TopicPartition partition) {
        held.add(partition);
        valve.pause(partition);
    }

    /** Lets an assigned partition flow again, if the level allows it. */
    public void release(TopicPartition partition) {
        held.remove(partition);
        if (!paused) {
            valve.resume(partition);
        }
    }

    /** Partitions were taken away. */
    public void revoked(Collection<TopicPartition> partitions) {
        held.removeAll(partitions);
    }

    public boolean isPaused() {
        return paused;
    }

    /** Records that wait. */
    public long records() {
        return records;
    }

    private void pause() {
        metrics.paused(PauseCause.BUFFER, valve.pauseAll());
        paused = true;
        LOG.debug("Paused with {} records and {} bytes waiting", records, bytes);
    }
}
