package io.sluice.metrics;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one partition is. The task thread reports, the watch's thread ticks, and any thread may ask.
 */
public final class PartitionGauge implements SinkPartitionMXBean {
    private static final double MILLIS_PER_SECOND = 1e3;

    private final TopicPartition partition;
    private final ConsumerLag consumer;
    private final LongSupplier millis;
    private final SmoothRate in = new SmoothRate();
    private final SmoothRate out = new SmoothRate();
    private boolean endKnown;
    private volatile PartitionProgress progress = PartitionProgress.NOTHING;

    PartitionGauge(TopicPartition partition, ConsumerLag consumer, LongSupplier millis) {
        this.partition = partition;
        this.consumer = consumer;
        this.millis = millis;
    }

    public TopicPartition partition() {
        return partition;
    }

    void report(PartitionProgress now) {
        progress = now;
    }

    /** Looks at how far the partition and its end have come. */
    public void tick(long nanos) {
        PartitionProgress now = progress;
        if (now.position() >= 0) {
            OptionalLong behind = consumer.records();
            if (behind.isPresent() != endKnown) {
                // What was in the partition before is not what has come to it.
                in.restart();
                endKnown = behind.isPresent();
            }
            in.tick(now.position() + behind.orElse(0), nanos);
            out.tick(now.position() - now.open(), nanos);
        }
    }

    @Override
    public long getDurableOffset() {
        return progress.durable();
    }

    @Override
    public long getOpenRecords() {
        return progress.open();
    }

    @Override
    public long getLagRecords() {
        return progress.open() + consumer.records().orElse(0);
    }

    @Override
    public double getLagSeconds() {
        PartitionProgress now = progress;
        // What the consumer has not handed over is no older than the last that it has.
        boolean behind = now.open() > 0 || consumer.records().orElse(0) > 0;
        long timestamp = now.open() > 0 ? now.oldest() : now.newest();
        return behind && timestamp >= 0 ? Math.max(0, millis.getAsLong() - timestamp) / MILLIS_PER_SECOND : 0;
    }

    @Override
    public double getRecordsPerSecondIn() {
        return in.perSecond();
    }

    @Override
    public double getRecordsPerSecondOut() {
        return out.perSecond();
    }

    @Override
    public double getCatchUpSeconds() {
        long lag = getLagRecords();
        double closing = out.perSecond() - in.perSecond();
        if (lag == 0) {
            return 0;
        }
        return closing > 0 ? lag / closing : -1;
    }
}
