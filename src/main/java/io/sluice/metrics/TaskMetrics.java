package io.sluice.metrics;

import io.sluice.metrics.Exports.BeanName;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * What one task has to tell: counts, gauges and events of Java's flight recorder. It is shown as MBeans, and as Kafka's
 * plugin metrics where the worker has them.
 */
public final class TaskMetrics implements SinkMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    /** What is full when it has that much. */
    public record Limits(long records, long bytes) {}

    private final String connector;
    private final int number;
    private final String task;
    private final Limits limits;
    private final Exports exports;
    private final LongSupplier nanos = System::nanoTime;
    private final TaskCounters counters = new TaskCounters();
    private final Map<PauseCause, PauseClock> pauses = new EnumMap<>(PauseCause.class);
    private final Map<Latency, SlidingHistogram> latencies = new EnumMap<>(Latency.class);
    private final Map<String, RetryCount> retries = new ConcurrentHashMap<>();
    private final Map<TopicPartition, PartitionGauge> partitions = new ConcurrentHashMap<>();
    private final Lanes lanes;
    private volatile Supplier<Connections> pool = () -> Connections.NONE;
    private volatile List<String> anomalies = List.of();
    private volatile Runnable atTheEnd = () -> {};
    private volatile long queuedRecords;
    private volatile long queuedBytes;
    /** When a transaction was committed, or nothing waited. */
    private volatile long wellAt = nanos.getAsLong();

    private volatile long committedAt;

    private TaskMetrics(String connector, int number, Limits limits, Exports exports) {
        this.task = connector + "-" + number;
        this.limits = limits;
        this.connector = connector;
        this.number = number;
        this.exports = exports;
        this.lanes = new Lanes(task, nanos);
        for (PauseCause cause : PauseCause.values()) {
            pauses.put(cause, new PauseClock(cause, task, nanos));
        }
        for (Latency step : Latency.values()) {
            latencies.put(step, new SlidingHistogram(nanos));
        }
    }

    /** The metrics of a task, shown from now on. */
    public static TaskMetrics show(String connector, int number, Limits limits, SinkTaskContext context) {
        Exports exports = new WorkerExports(connector, number, context);
        TaskMetrics metrics = new TaskMetrics(connector, number, limits, exports);
        exports.add(BeanName.of("task"), new TaskBean(metrics, metrics.counters), SinkTaskMXBean.class);
        metrics.latencies.forEach((step, histogram) -> exports.add(
                BeanName.of("latency", "step", step.name().toLowerCase(Locale.ROOT)),
                histogram,
                SinkLatencyMXBean.class));
        return metrics;
    }

    /** Something that is to end with the metrics, since it lives on them. */
    public void endsWith(Runnable end) {
        atTheEnd = end;
    }

    @Override
    public void close() {
        atTheEnd.run();
        exports.close();
    }

    @Override
    public void received(int records) {
        counters.received.add(records);
    }

    @Override
    public void skipped(int records) {
        counters.skipped.add(records);
    }

    @Override
    public void deadLetter(int records) {
        counters.deadLetters.add(records);
    }

    @Override
    public void committed(CommittedBatch batch) {
        counters.committed(batch);
        committedAt = nanos.getAsLong();
        wellAt = committedAt;
        took(Latency.TRANSACTION, batch.nanos());
        long now = System.currentTimeMillis();
        visible(now, batch.firstTimestamp());
        visible(now, batch.lastTimestamp());
        lanes.committed(batch);
    }

    private void visible(long now, long timestamp) {
        if (timestamp >= 0) {
            took(Latency.VISIBLE, TimeUnit.MILLISECONDS.toNanos(now - timestamp));
        }
    }

    @Override
    public void took(Latency step, long took) {
        SlidingHistogram histogram = latencies.get(step);
        if (histogram != null) {
            histogram.record(took);
        }
    }

    @Override
    public void copied() {
        counters.copies.increment();
    }

    @Override
    public void copyConflicted() {
        counters.copyConflicts.increment();
    }

    @Override
    public void retried(@Nullable String sqlState) {
        counters.retries.increment();
        String state = String.valueOf(sqlState);
        retries.computeIfAbsent(RetryCount.classOf(state), this::countRetries).increment();
        RetryEvent event = new RetryEvent();
        event.task = task;
        event.sqlState = state;
        event.commit();
    }

    private RetryCount countRetries(String sqlStateClass) {
        RetryCount count = new RetryCount();
        exports.add(BeanName.of("retries", "sqlstate", sqlStateClass), count, SinkRetriesMXBean.class);
        return count;
    }

    @Override
    public void fenced() {
        counters.fenced.increment();
    }

    @Override
    public void gap() {
        counters.gaps.increment();
    }

    @Override
    public void rewound() {
        counters.rewound.increment();
    }

    @Override
    public void schemaChanged(String step) {
        counters.schemaChanges.increment();
        DdlEvent event = new DdlEvent();
        event.task = task;
        event.step = step;
        event.commit();
    }

    @Override
    public void queued(long records, long memory) {
        queuedRecords = records;
        queuedBytes = memory;
        if (records == 0) {
            wellAt = nanos.getAsLong();
        }
    }

    @Override
    public void paused(PauseCause cause, int held) {
        pause(cause).set(held);
    }

    @Override
    public void laneBusy(int lane) {
        lanes.begin(lane);
    }

    @Override
    public void writing(LaneWork work) {
        lanes.writing(work);
    }

    @Override
    public void laneIdle(int lane) {
        lanes.end(lane);
    }

    @Override
    public void connections(Supplier<Connections> asked) {
        pool = asked;
    }

    @Override
    public void progress(TopicPartition partition, PartitionProgress progress) {
        partitions.computeIfAbsent(partition, this::showPartition).report(progress);
    }

    private PartitionGauge showPartition(TopicPartition partition) {
        PartitionGauge gauge =
                new PartitionGauge(partition, new ConsumerLag(connector, number, partition), System::currentTimeMillis);
        exports.add(BeanName.of(partition), gauge, SinkPartitionMXBean.class);
        return gauge;
    }

    @Override
    public void revoked(TopicPartition partition) {
        if (partitions.remove(partition) != null) {
            exports.remove(BeanName.of(partition));
        }
    }

    /** The partitions that the task has. */
    public Collection<PartitionGauge> partitions() {
        return partitions.values();
    }

    /** The lanes that have something to write. */
    public List<BusyLane> lanes() {
        return lanes.busy();
    }

    /** Retries so far. */
    public long retries() {
        return counters.retries.sum();
    }

    /** Says what is out of the ordinary now, each in a line. */
    public void anomalies(List<String> lines) {
        anomalies = List.copyOf(lines);
    }

    List<String> anomalies() {
        return anomalies;
    }

    long queuedRecords() {
        return queuedRecords;
    }

    long queuedBytes() {
        return queuedBytes;
    }

    double queueFill() {
        return Math.max((double) queuedRecords / limits.records(), (double) queuedBytes / limits.bytes());
    }

    PauseClock pause(PauseCause cause) {
        return Objects.requireNonNull(pauses.get(cause));
    }

    int pausedPartitions() {
        return pauses.values().stream().mapToInt(PauseClock::partitions).sum();
    }

    /** Whether the server is away, as far as lanes know. */
    public boolean isServerAway() {
        return pause(PauseCause.BREAKER).partitions() > 0;
    }

    int lanesBusy() {
        return lanes.count();
    }

    int batchLimit() {
        return lanes.leastLimit();
    }

    Connections connections() {
        return pool.get();
    }

    double lastCommitAge() {
        return counters.batches.sum() == 0 ? -1 : (nanos.getAsLong() - committedAt) / NANOS_PER_SECOND;
    }

    double stalled() {
        return queuedRecords == 0 ? 0 : (nanos.getAsLong() - wellAt) / NANOS_PER_SECOND;
    }
}
