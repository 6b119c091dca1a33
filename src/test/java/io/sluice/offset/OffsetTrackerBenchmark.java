package io.sluice.offset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Records of eight partitions that come in runs, and become durable lane by lane. */
@State(Scope.Thread)
public class OffsetTrackerBenchmark {
    private static final int PARTITIONS = 8;
    private static final int RUN = 500;
    private static final int LANES = 4;
    private static final int RECORDS = PARTITIONS * RUN;

    private final OffsetTracker tracker = new OffsetTracker();
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> consumed = new HashMap<>();
    private final PartitionOffsets[] opened = new PartitionOffsets[RECORDS];
    private final long[] numbers = new long[RECORDS];
    private long offset;

    @Setup
    public void start() {
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new TopicPartition("t", i));
            consumed.put(partitions.get(i), new OffsetAndMetadata(0));
        }
        tracker.open(partitions);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int track() {
        int record = 0;
        for (TopicPartition partition : partitions) {
            for (int i = 0; i < RUN; i++) {
                opened[record] = tracker.of(partition);
                numbers[record] = opened[record].begin(offset + i, 0);
                record++;
            }
        }
        offset += RUN;
        for (int lane = 0; lane < LANES; lane++) {
            for (int i = lane; i < RECORDS; i += LANES) {
                opened[i].complete(numbers[i]);
            }
        }
        return tracker.committable(consumed).size();
    }
}
