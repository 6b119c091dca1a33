package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.metrics.PartitionProgress;
import io.sluice.metrics.SinkMetrics;
import io.sluice.offset.OffsetTracker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

final class PartitionReportsTest {
    private static final TopicPartition ONE = new TopicPartition("orders", 1);
    private static final TopicPartition TWO = new TopicPartition("orders", 2);

    private final Map<TopicPartition, PartitionProgress> reported = new HashMap<>();
    private final OffsetTracker offsets = new OffsetTracker();
    private long now;
    private final PartitionReports reports = new PartitionReports(
            offsets,
            new SinkMetrics() {
                @Override
                public void progress(TopicPartition partition, PartitionProgress progress) {
                    reported.put(partition, progress);
                }

                @Override
                public void revoked(TopicPartition partition) {
                    reported.remove(partition);
                }
            },
            () -> now);

    @Test
    void knowsNothingOfAPartitionWithoutRecords() {
        assign(ONE);
        report();

        assertThat(reported).containsExactlyEntriesOf(Map.of(ONE, new PartitionProgress(-1, -1, 0, -1, -1)));
    }

    @Test
    void tellsTheTimestampOfTheCallInWhichTheOldestOpenRecordCame() {
        assign(ONE);
        long[] first = put(ONE, 100, 10, 1_000);
        long[] second = put(ONE, 110, 10, 2_000);
        report();
        assertThat(reported.get(ONE)).isEqualTo(new PartitionProgress(120, -1, 20, 1_000, 2_000));

        complete(ONE, first, 10);
        report();
        assertThat(reported.get(ONE)).isEqualTo(new PartitionProgress(120, 110, 10, 2_000, 2_000));

        complete(ONE, second, 5);
        report();
        assertThat(reported.get(ONE)).isEqualTo(new PartitionProgress(120, 115, 5, 2_000, 2_000));
    }

    @Test
    void knowsOfNoLagWhereAllIsDurable() {
        assign(ONE);
        complete(ONE, put(ONE, 0, 3, 1_000), 3);
        report();

        assertThat(reported.get(ONE)).isEqualTo(new PartitionProgress(3, 3, 0, -1, 1_000));
    }

    @Test
    void keepsPartitionsApart() {
        assign(ONE, TWO);
        put(ONE, 0, 2, 1_000);
        complete(TWO, put(TWO, 50, 2, 3_000), 1);
        report();

        assertThat(reported.get(ONE)).isEqualTo(new PartitionProgress(2, -1, 2, 1_000, 1_000));
        assertThat(reported.get(TWO)).isEqualTo(new PartitionProgress(52, 51, 1, 3_000, 3_000));

        reports.revoked(List.of(ONE));
        report();
        assertThat(reported).containsOnlyKeys(TWO);
    }

    @Test
    void neverTellsAYoungerTimestampHoweverManyCallsThereWere() {
        assign(ONE);
        for (int call = 0; call < 2_000; call++) {
            put(ONE, call, 1, call);
        }
        complete(ONE, numbers(0, 1_500), 1_500);
        report();

        assertThat(reported.get(ONE).open()).isEqualTo(500);
        assertThat(reported.get(ONE).oldest()).isBetween(0L, 1_500L);
    }

    private void assign(TopicPartition... partitions) {
        offsets.open(List.of(partitions));
        reports.assigned(List.of(partitions));
    }

    /** One call with so many records; returns their numbers. */
    private long[] put(TopicPartition partition, int from, int count, long timestamp) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            reports.arrived(partition, record(partition, from + i, timestamp + i));
            numbers[i] = offsets.of(partition).begin(from + i, 0);
        }
        reports.report();
        return numbers;
    }

    private static long[] numbers(int from, int to) {
        return java.util.stream.LongStream.range(from, to).toArray();
    }

    private void complete(TopicPartition partition, long[] numbers, int count) {
        for (int i = 0; i < count; i++) {
            offsets.of(partition).complete(numbers[i]);
        }
    }

    private void report() {
        now += TimeUnit.SECONDS.toNanos(1);
        reports.report();
    }

    private static SinkRecord record(TopicPartition partition, long offset, long timestamp) {
        return new SinkRecord(
                partition.topic(),
                partition.partition(),
                null,
                null,
                null,
                Map.of(),
                offset,
                timestamp,
                TimestampType.CREATE_TIME);
    }
}
