package io.sluice.record;

import io.sluice.config.IdentifierCase;
import io.sluice.config.SinkConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From records to changes. */
@State(Scope.Thread)
public class RecordDecoderBenchmark {
    private static final int RECORDS = 10_000;
    private static final Origin ORIGIN = new Origin(new TopicPartition(EightColumns.TOPIC, 0), 0);

    @Param
    private EightColumns.Form form;

    private List<SinkRecord> records;
    private RecordDecoder decoder;

    @Setup
    public void start() {
        records = EightColumns.records(form, RECORDS, RECORDS);
        SinkConfig config = SinkConfig.parse(Map.of(
                "connection.url", "jdbc:postgresql://localhost/db", "pk.mode", "record_key", "delete.enabled", "true"));
        decoder = new RecordDecoder(config.records(), IdentifierCase.AS_IS);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void decode(Blackhole blackhole) {
        for (SinkRecord record : records) {
            blackhole.consume(decoder.decode(record, ORIGIN, key -> Optional.empty()));
        }
    }
}
