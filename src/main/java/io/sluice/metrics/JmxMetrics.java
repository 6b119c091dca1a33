package io.sluice.metrics;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counters of one task, shown as {@code io.sluice:type=sink-task,connector=…,task=…}. */
public final class JmxMetrics implements SinkMetrics, SinkTaskMXBean {
    private static final Logger LOG = LoggerFactory.getLogger(JmxMetrics.class);

    /** Who is registered under a name, so that only that one is taken away. */
    private static final Map<ObjectName, JmxMetrics> LIVING = new ConcurrentHashMap<>();

    private static final int CLASS_LENGTH = 2;

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
    private final LongAdder gaps = new LongAdder();
    private final LongAdder schemaChanges = new LongAdder();
    private volatile long queuedRecords;
    private volatile long queuedBytes;
    private final LongAdder deadLetters = new LongAdder();
    private final Map<String, LongAdder> retriesByClass = new ConcurrentHashMap<>();
    private final PauseClock buffer = new PauseClock(System::nanoTime);
    private final PauseClock rate = new PauseClock(System::nanoTime);
    private final PauseClock breaker = new PauseClock(System::nanoTime);
    private final PauseClock table = new PauseClock(System::nanoTime);
    private final Set<Integer> busy = ConcurrentHashMap.newKeySet();

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
    public void retried(@Nullable String sqlState) {
        retries.increment();
        retriesByClass
                .computeIfAbsent(sqlStateClass(sqlState), any -> new LongAdder())
                .increment();
    }

    private static String sqlStateClass(@Nullable String sqlState) {
        return sqlState == null || sqlState.length() < CLASS_LENGTH ? "none" : sqlState.substring(0, CLASS_LENGTH);
    }

    @Override
    public void deadLetter(int records) {
        deadLetters.add(records);
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
    public void gap() {
        gaps.increment();
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
    public void paused(PauseCause cause, int partitions) {
        pause(cause).set(partitions);
    }

    private PauseClock pause(PauseCause cause) {
        return switch (cause) {
            case BUFFER -> buffer;
            case RATE -> rate;
            case BREAKER -> breaker;
            case TABLE -> table;
        };
    }

    @Override
    public void laneBusy(int lane) {
        busy.add(lane);
    }

    @Override
    public void laneIdle(int lane) {
        busy.remove(lane);
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
    public long getPartitionGaps() {
        return gaps.sum();
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
        return buffer.partitions() + rate.partitions() + breaker.partitions() + table.partitions();
    }

    @Override
    public double getSecondsPausedByBuffer() {
        return buffer.seconds();
    }

    @Override
    public double getSecondsPausedByRate() {
        return rate.seconds();
    }

    @Override
    public double getSecondsPausedByBreaker() {
        return breaker.seconds();
    }

    @Override
    public double getSecondsPausedByTable() {
        return table.seconds();
    }

    @Override
    public long getDeadLetters() {
        return deadLetters.sum();
    }

    @Override
    public Map<String, Long> getRetriesBySqlStateClass() {
        Map<String, Long> counts = new TreeMap<>();
        retriesByClass.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    @Override
    public int getLanesBusy() {
        return busy.size();
    }
}
