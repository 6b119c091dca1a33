package io.sluice.lane;

import io.sluice.batch.PlanCache;
import io.sluice.config.DeliveryGuarantee;
import io.sluice.config.WriteConfig;
import io.sluice.failure.RetryPolicy;
import io.sluice.flow.BatchSize;
import io.sluice.flow.CircuitBreaker;
import io.sluice.flow.LaneLimit;
import io.sluice.ledger.Marks;
import io.sluice.metrics.SinkMetrics;
import io.sluice.table.KeyRule;
import io.sluice.table.TableCatalog;
import io.sluice.type.ColumnBindings;
import io.sluice.write.BatchWriter;
import io.sluice.write.Sessions;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;

/** What all lanes of a task are made of. */
public record LaneParts(
        Sessions sessions,
        TableCatalog catalog,
        KeyRule keys,
        ColumnBindings bindings,
        BatchWriter writer,
        DeliveryGuarantee guarantee,
        IntFunction<Marks> marks,
        WriteConfig writes,
        Duration latencyTarget,
        LaneLimit parallel,
        boolean truncates,
        RetryPolicy retries,
        CircuitBreaker breaker,
        BadRecords badRecords,
        Results results,
        Lease lease,
        SinkMetrics metrics,
        ThreadFactory threads) {

    LaneTransaction newTransaction(int lane, LaneSession session) {
        return switch (guarantee) {
            case AT_LEAST_ONCE, EXACTLY_ONCE -> new OffsetsWithRows(session, this, marks.apply(lane));
            case AT_MOST_ONCE -> new OffsetsBeforeRows(session, this, marks.apply(lane));
        };
    }

    BatchSize newBatchSize() {
        return new BatchSize(writes.batchRows(), latencyTarget);
    }

    PlanCache newPlans() {
        return new PlanCache(catalog, keys, bindings, writes);
    }
}
