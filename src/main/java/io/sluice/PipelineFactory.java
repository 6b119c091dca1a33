package io.sluice;

import io.sluice.config.SinkConfig;
import io.sluice.config.TaskIdentity;
import io.sluice.failure.RetryPolicy;
import io.sluice.flow.FlowControl;
import io.sluice.flow.LaneLimit;
import io.sluice.lane.LaneParts;
import io.sluice.lane.LanePool;
import io.sluice.lane.Lease;
import io.sluice.lane.Results;
import io.sluice.ledger.Acquisitions;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.Marks;
import io.sluice.metrics.JmxMetrics;
import io.sluice.metrics.SinkMetrics;
import io.sluice.offset.OffsetTracker;
import io.sluice.record.RecordDecoder;
import io.sluice.table.KeyRule;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableId;
import io.sluice.table.TableRouter;
import io.sluice.type.ColumnBindings;
import io.sluice.write.BatchWriter;
import io.sluice.write.Sessions;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Wires a running pipeline out of its parts; the only place that knows them all. */
final class PipelineFactory {
    private PipelineFactory() {}

    /** Starts the pipeline of a task. Connects to nothing yet. */
    static SinkPipeline start(Map<String, String> properties, SinkTaskContext context) {
        SinkConfig config = SinkConfig.parse(properties);
        TaskIdentity identity = config.identity();
        SinkMetrics metrics = JmxMetrics.register(identity.connector(), identity.task());
        ThreadFactory threads = new LaneThreads(identity);
        Sessions sessions = Sessions.of(config, threads);
        KeyRule keys =
                new KeyRule(config.records().keys().mode(), config.writes().insertMode());
        Results results = new Results();
        RetryPolicy retries = new RetryPolicy(
                config.failures(), bound -> ThreadLocalRandom.current().nextLong(bound));
        Lease lease = new Lease(System::nanoTime);
        LaneParts parts = new LaneParts(
                sessions,
                new TableCatalog(
                        sessions.connections(),
                        config.tables(),
                        config.records().values(),
                        keys,
                        metrics),
                keys,
                new ColumnBindings(config.records().values()),
                new BatchWriter(config.writes(), metrics),
                config.delivery().guarantee(),
                marks(config, sessions),
                config.writes(),
                config.flow().latencyTarget(),
                new LaneLimit(config.writes().parallelism(), System::nanoTime),
                config.records().deletes().truncates(),
                retries,
                results,
                lease,
                metrics,
                threads);
        OffsetTracker offsets = new OffsetTracker();
        FlowControl flow = new FlowControl(config.flow(), new ContextValve(context), metrics, System::nanoTime);
        return new SinkPipeline(
                context,
                config.delivery().guarantee().usesLedger()
                        ? new LedgerPartitions(
                                context,
                                offsets,
                                new Acquisitions(ledger(config, sessions.connections()), retries, threads),
                                flow,
                                results,
                                config.delivery().onMismatch(),
                                metrics,
                                System::nanoTime)
                        : new Partitions.AsAssigned(offsets, flow),
                new Intake(
                        new RecordDecoder(
                                config.records(), config.tables().names().identifierCase()),
                        new TableRouter(config.tables()),
                        offsets),
                new LanePool(parts),
                results,
                lease,
                flow,
                metrics,
                sessions);
    }

    private static IntFunction<Marks> marks(SinkConfig config, Sessions sessions) {
        if (!config.delivery().guarantee().usesLedger()) {
            return lane -> Marks.NONE;
        }
        return ledger(config, sessions.connections())::marks;
    }

    /** The offsets of a connector. */
    static Ledger ledger(SinkConfig config, DataSource connections) {
        return new Ledger(
                connections,
                TableId.parse(config.delivery().offsetsTable()),
                config.delivery().id(),
                config.writes().parallelism(),
                UUID::randomUUID);
    }
}
