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
import io.sluice.metrics.JmxMetrics;
import io.sluice.metrics.SinkMetrics;
import io.sluice.offset.OffsetTracker;
import io.sluice.record.RecordDecoder;
import io.sluice.table.KeyRule;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableRouter;
import io.sluice.type.ColumnBindings;
import io.sluice.write.BatchWriter;
import io.sluice.write.Sessions;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
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
                config.writes(),
                config.flow().latencyTarget(),
                new LaneLimit(config.writes().parallelism(), System::nanoTime),
                config.records().deletes().truncates(),
                new RetryPolicy(
                        config.failures(), bound -> ThreadLocalRandom.current().nextLong(bound)),
                results,
                lease,
                metrics,
                threads);
        return new SinkPipeline(
                context,
                new Intake(
                        new RecordDecoder(
                                config.records(), config.tables().names().identifierCase()),
                        new TableRouter(config.tables()),
                        new OffsetTracker()),
                new LanePool(parts),
                results,
                lease,
                new FlowControl(config.flow(), new ContextValve(context), metrics),
                metrics,
                sessions);
    }
}
