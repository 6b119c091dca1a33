package io.sluice;

import io.sluice.config.FlowConfig;
import io.sluice.config.SinkConfig;
import io.sluice.config.TaskIdentity;
import io.sluice.failure.RetryPolicy;
import io.sluice.flow.CircuitBreaker;
import io.sluice.flow.FlowControl;
import io.sluice.flow.LaneLimit;
import io.sluice.lane.BadRecords;
import io.sluice.lane.LaneParts;
import io.sluice.lane.LanePool;
import io.sluice.lane.Lease;
import io.sluice.lane.Results;
import io.sluice.ledger.Acquisitions;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.Marks;
import io.sluice.metrics.TaskMetrics;
import io.sluice.offset.OffsetTracker;
import io.sluice.ownership.LedgerPartitions;
import io.sluice.ownership.Partitions;
import io.sluice.record.RecordDecoder;
import io.sluice.table.KeyRule;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableId;
import io.sluice.table.TableRouter;
import io.sluice.type.ColumnBindings;
import io.sluice.watch.Watch;
import io.sluice.write.BatchWriter;
import io.sluice.write.DeadLetters;
import io.sluice.write.Sessions;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Wires a running pipeline out of its parts; the only place that knows them all. */
final class PipelineFactory {
    /** Longest wait for each answer of PostgreSQL about what lanes wait for. */
    private static final Duration ASKING = Duration.ofSeconds(2);

    private PipelineFactory() {}

    /** Starts the pipeline of a task. Connects to nothing yet. */
    static SinkPipeline start(Map<String, String> properties, SinkTaskContext context) {
        SinkConfig config = SinkConfig.parse(properties);
        TaskIdentity identity = config.identity();
        FlowConfig limits = config.flow();
        TaskMetrics metrics = TaskMetrics.show(
                identity.connector(),
                identity.task(),
                new TaskMetrics.Limits(limits.maxRecords(), limits.maxBytes()),
                context);
        ThreadFactory threads = new LaneThreads(identity);
        Sessions sessions = Sessions.of(config, threads);
        metrics.connections(sessions::use);
        metrics.endsWith(Watch.start(metrics, Sessions.unpooled(config, ASKING), threads)::close);
        KeyRule keys =
                new KeyRule(config.records().keys().mode(), config.writes().insertMode());
        Results results = new Results();
        RetryPolicy retries = new RetryPolicy(
                config.failures(), bound -> ThreadLocalRandom.current().nextLong(bound));
        CircuitBreaker breaker = new CircuitBreaker(config.failures().breakerFailures(), System::nanoTime);
        Lease lease = new Lease(System::nanoTime, System::currentTimeMillis);
        BadRecords badRecords = new BadRecords(config.badRecords().policy());
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
                new BatchWriter(config.writes(), letters(config), metrics),
                config.delivery().guarantee(),
                marks(config, sessions),
                config.writes(),
                config.flow().latencyTarget(),
                new LaneLimit(config.writes().parallelism(), System::nanoTime),
                config.records().deletes().truncates(),
                retries,
                breaker,
                badRecords,
                results,
                lease,
                metrics,
                threads);
        OffsetTracker offsets = new OffsetTracker();
        FlowControl flow =
                new FlowControl(config.flow(), new ContextValve(context), metrics, breaker, System::nanoTime);
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
                        offsets,
                        badRecords),
                new LanePool(parts),
                results,
                lease,
                flow,
                new DeadLetterReports(
                        badRecords.policy(), context.errantRecordReporter(), results, metrics, System::nanoTime),
                metrics,
                sessions);
    }

    private static DeadLetters letters(SinkConfig config) {
        String table = config.badRecords().table();
        return table.isEmpty()
                ? DeadLetters.NONE
                : BatchWriter.letters(config.identity().connector(), TableId.parse(table));
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
