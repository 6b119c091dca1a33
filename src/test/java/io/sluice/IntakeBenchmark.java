package io.sluice;

import io.sluice.config.BadRecordPolicy;
import io.sluice.config.SinkConfig;
import io.sluice.delivery.FakeContext;
import io.sluice.lane.BadRecords;
import io.sluice.lane.Entry;
import io.sluice.offset.OffsetTracker;
import io.sluice.record.EightColumns;
import io.sluice.record.RecordDecoder;
import io.sluice.table.TableRouter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** All that the task thread does with a record before it picks a lane, and when the record is durable. */
@State(Scope.Thread)
public class IntakeBenchmark {
    private static final int RECORDS = 10_000;

    @Param
    private EightColumns.Form form;

    private List<SinkRecord> records;
    private Intake intake;

    @Setup
    public void start() {
        records = EightColumns.records(form, RECORDS, RECORDS);
        SinkConfig config = SinkConfig.parse(Map.of(
                "connection.url", "jdbc:postgresql://localhost/db", "pk.mode", "record_key", "delete.enabled", "true"));
        TableRouter router = new TableRouter(config.tables());
        intake = new Intake(
                new RecordDecoder(config.records(), config.tables().names().identifierCase()),
                router,
                Truncations.of(Map.of(), new FakeContext(null), router),
                new OffsetTracker(),
                new BadRecords(BadRecordPolicy.FAIL),
                table -> Optional.empty());
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void take(Blackhole blackhole) {
        for (SinkRecord record : records) {
            for (Entry entry : intake.take(record)) {
                blackhole.consume(entry);
                entry.partition().complete(entry.number());
            }
        }
    }
}
