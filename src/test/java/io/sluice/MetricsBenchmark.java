package io.sluice;

import io.sluice.delivery.FakeContext;
import io.sluice.metrics.CommittedBatch;
import io.sluice.metrics.LaneWork;
import io.sluice.metrics.Latency;
import io.sluice.metrics.TaskMetrics;
import io.sluice.offset.OffsetTracker;
import io.sluice.record.EightColumns;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a record costs in metrics: all that is told of a batch of 10,000 that came in twenty calls. */
@State(Scope.Thread)
public class MetricsBenchmark {
    private static final int RECORDS = 10_000;
    private static final int CALL = 500;
    private static final TopicPartition PARTITION = new TopicPartition(EightColumns.TOPIC, 0);

    private final TaskMetrics metrics =
            TaskMetrics.show("measured", 0, new TaskMetrics.Limits(RECORDS, RECORDS), new FakeContext(null));
    private final OffsetTracker offsets = new OffsetTracker();
    private final PartitionReports reports = new PartitionReports(offsets, metrics, System::nanoTime);
    private List<SinkRecord> records;

    @Setup
    public void start() {
        records = EightColumns.records(EightColumns.Form.STRUCT, RECORDS, RECORDS);
        offsets.open(List.of(PARTITION));
        reports.assigned(List.of(PARTITION));
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void report() {
        for (int from = 0; from < RECORDS; from += CALL) {
            metrics.received(CALL);
            records.subList(from, from + CALL).forEach(record -> reports.arrived(PARTITION, record));
            metrics.queued(from, from);
            reports.report();
        }
        metrics.laneBusy(0);
        metrics.writing(new LaneWork(0, 1, EightColumns.TOPIC, EightColumns.TOPIC, RECORDS));
        metrics.took(Latency.COPY, 1);
        metrics.copied();
        metrics.took(Latency.COMMIT, 1);
        metrics.committed(new CommittedBatch(0, RECORDS, 0, RECORDS, 0, RECORDS, 1, 1, 1));
        metrics.laneIdle(0);
    }

    @TearDown
    public void close() {
        metrics.close();
    }
}
