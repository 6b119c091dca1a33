package io.sluice;

import io.sluice.metrics.PartitionProgress;
import io.sluice.metrics.SinkMetrics;
import io.sluice.offset.OffsetTracker;
import io.sluice.offset.PartitionOffsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells the metrics how far each partition is, a few times a second. Of the records it notes only where those of one call
 * begin and end in a partition: the oldest that is not durable is then not known by itself, but one of the same call before
 * it is. Belongs to the task thread.
 */
final class PartitionReports {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Of one partition; beyond that, neighbours are taken for one. */
    private static final int MOST_RUNS = 512;

    /** Records of one partition that came one after the other; the timestamp is that of the first. */
    private static final class Run {
        private final long timestamp;
        private long last;

        private Run(long timestamp, long last) {
            this.timestamp = timestamp;
            this.last = last;
        }
    }

    private final OffsetTracker offsets;
    private final SinkMetrics metrics;
    private final LongSupplier nanos;
    private final Map<TopicPartition, Deque<Run>> runs = new HashMap<>();
    private @Nullable TopicPartition partition;
    private @Nullable Run run;
    private long reportedAt;

    PartitionReports(OffsetTracker offsets, SinkMetrics metrics, LongSupplier nanos) {
        this.offsets = offsets;
        this.metrics = metrics;
        this.nanos = nanos;
        this.reportedAt = nanos.getAsLong() - INTERVAL_NANOS;
    }

    /** The record's timestamp in milliseconds; negative where it has none. */
    static long timestamp(SinkRecord record) {
        Long timestamp = record.timestamp();
        return timestamp == null ? -1 : timestamp;
    }

    void assigned(Collection<TopicPartition> partitions) {
        partitions.forEach(assigned -> {
            runs.computeIfAbsent(assigned, any -> new ArrayDeque<>());
            report(assigned);
        });
    }

    void revoked(Collection<TopicPartition> partitions) {
        endRun();
        for (TopicPartition revoked : partitions) {
            runs.remove(revoked);
            metrics.revoked(revoked);
        }
    }

    /** A record has come. */
    void arrived(TopicPartition from, SinkRecord record) {
        Run current = run;
        if (current == null || !from.equals(partition)) {
            begin(from, record);
        } else {
            current.last = record.originalKafkaOffset();
        }
    }

    private void begin(TopicPartition from, SinkRecord record) {
        Deque<Run> known = runs.computeIfAbsent(from, any -> new ArrayDeque<>());
        if (known.size() >= MOST_RUNS) {
            run = known.getLast();
            run.last = record.originalKafkaOffset();
        } else {
            run = new Run(timestamp(record), record.originalKafkaOffset());
            known.add(run);
        }
        partition = from;
    }

    /** A call of Connect's is over. */
    void report() {
        endRun();
        long now = nanos.getAsLong();
        if (now - reportedAt >= INTERVAL_NANOS) {
            reportedAt = now;
            runs.keySet().forEach(this::report);
        }
    }

    private void endRun() {
        run = null;
        partition = null;
    }

    private void report(TopicPartition reported) {
        if (!offsets.has(reported)) {
            return;
        }
        PartitionOffsets current = offsets.of(reported);
        long durable = current.durablePosition().orElse(-1);
        Deque<Run> known = runs.get(reported);
        if (known == null) {
            return;
        }
        Run latest = known.peekLast();
        while (!known.isEmpty() && (known.getFirst().last < durable || current.open() == 0)) {
            known.removeFirst();
        }
        Run oldest = known.peekFirst();
        if (latest != null && known.isEmpty()) {
            // It says what came last, also when nothing is open any more.
            known.add(latest);
        }
        metrics.progress(
                reported,
                new PartitionProgress(
                        latest == null ? durable : latest.last + 1,
                        durable,
                        current.open(),
                        oldest == null ? -1 : oldest.timestamp,
                        latest == null ? -1 : latest.timestamp));
    }
}
