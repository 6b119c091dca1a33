package io.sluice.flow;

import io.sluice.config.FlowConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongBiFunction;

/** How much may come in within a second; nothing limits it where no limit is configured. Belongs to the task thread. */
final class RateLimit {
    private final List<Limit> limits = new ArrayList<>();

    /** A bucket and what is taken from it, given records and bytes. */
    private record Limit(TokenBucket bucket, ToLongBiFunction<Long, Long> measure) {}

    /**
     * @param nanos a clock that never goes back, in nanoseconds
     */
    RateLimit(FlowConfig config, LongSupplier nanos) {
        if (config.rowsPerSecond() > 0) {
            limits.add(new Limit(new TokenBucket(config.rowsPerSecond(), nanos), (records, bytes) -> records));
        }
        if (config.bytesPerSecond() > 0) {
            limits.add(new Limit(new TokenBucket(config.bytesPerSecond(), nanos), (records, bytes) -> bytes));
        }
    }

    /** That much has come in. */
    void take(long records, long bytes) {
        limits.forEach(limit -> limit.bucket.take(limit.measure.applyAsLong(records, bytes)));
    }

    /** Whether nothing more is to come in for a while. */
    boolean isReached() {
        return limits.stream().anyMatch(limit -> limit.bucket.isOverdrawn());
    }
}
