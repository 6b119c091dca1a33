package io.sluice.metrics;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counters of one task, shown as {@code io.sluice:type=sink-task,connector=…,task=…}. */
public final class JmxMetrics implements SinkMetrics, SinkTaskMXBean {
    private static final Logger LOG = LoggerFactory.getLogger(JmxMetrics.class);

    /** Who is registered under a name, so that only that one is taken away. */
    private static final Map<ObjectName, JmxMetrics> LIVING = new ConcurrentHashMap<>();

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    private final LongAdder received = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder copies = new LongAdder();
    private final LongAdder copyConflicts = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder fenced = new LongAdder();
    private final LongAdder rewound = new LongAdder();
    private final LongAdder schemaChanges = new LongAdder();
    private volatile long queuedRecords;
    private volatile long queuedBytes;
    private volatile int pausedPartitions;

    private JmxMetrics(ObjectName name) {
        this.name = name;
    }

    /** Registers the counters of a task; where JMX refuses them, the task runs on without. */
    public static SinkMetrics register(String connector, int task) {
        try {
            JmxMetrics metrics = new JmxMetrics(new ObjectName(
                    "io.sluice:type=sink-task,connector=" + ObjectName.quote(connector) + ",task=" + task));
            if (LIVING.put(metrics.name, metrics) != null) {
                // A cancelled task of the same number may still be on its way out; the living one is shown.
                metrics.server.unregisterMBean(metrics.name);
            }
            metrics.server.registerMBean(metrics, metrics.name);
            return metrics;
        } catch (JMException e) {
            LOG.warn("The metrics of {}-{} cannot be shown over JMX", connector, task, e);
            return new SinkMetrics() {};
        }
    }

    @Override
    public void close() {
        try {
            // A late predecessor must not take its successor's place away.
            if (LIVING.remove(name, this)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            LOG.warn("The metrics {} cannot be taken away", name, e);
        }
    }

    @Override
    public void received(int records) {
        received.add(records);
    }

    @Override
    public void skipped(int records) {
        skipped.add(records);
    }

    @Override
    public void committed(int records, int sentRows, long sentBytes) {
        written.add(records);
        rows.add(sentRows);
        bytes.add(sentBytes);
        batches.increment();
    }

    @Override
    public void copied() {
        copies.increment();
    }

    @Override
    public void copyConflicted() {
        copyConflicts.increment();
    }

    @Override
    public void retried() {
        retries.increment();
    }

    @Override
    public void fenced() {
        fenced.increment();
    }

    @Override
    public void rewound() {
        rewound.increment();
    }

    @Override
    public void schemaChanged() {
        schemaChanges.increment();
    }

    @Override
    public void queued(long records, long memory) {
        queuedRecords = records;
        queuedBytes = memory;
    }

    @Override
    public void paused(int partitions) {
        pausedPartitions = partitions;
    }

    @Override
    public long getRecordsReceived() {
        return received.sum();
    }

    @Override
    public long getRecordsWritten() {
        return written.sum();
    }

    @Override
    public long getRecordsSkipped() {
        return skipped.sum();
    }

    @Override
    public long getRowsWritten() {
        return rows.sum();
    }

    @Override
    public long getBytesWritten() {
        return bytes.sum();
    }

    @Override
    public long getBatchesCommitted() {
        return batches.sum();
    }

    @Override
    public long getStraightCopies() {
        return copies.sum();
    }

    @Override
    public long getStraightCopyConflicts() {
        return copyConflicts.sum();
    }

    @Override
    public long getRetries() {
        return retries.sum();
    }

    @Override
    public long getPartitionsFenced() {
        return fenced.sum();
    }

    @Override
    public long getPartitionsRewound() {
        return rewound.sum();
    }

    @Override
    public long getSchemaChanges() {
        return schemaChanges.sum();
    }

    @Override
    public long getQueuedRecords() {
        return queuedRecords;
    }

    @Override
    public long getQueuedBytes() {
        return queuedBytes;
    }

    @Override
    public int getPausedPartitions() {
        return pausedPartitions;
    }
}
