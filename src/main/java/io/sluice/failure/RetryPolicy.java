package io.sluice.failure;

import io.sluice.config.FailureConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * How long to wait before another try: a random time up to a bound that doubles with each failure ("full jitter", from
 * Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), so that tasks which failed together do
 * not come back together.
 *
 * <p>Immutable; {@link Tries} counts.
 */
public final class RetryPolicy {
    private final FailureConfig config;
    private final LongUnaryOperator randomBelow;

    /**
     * @param randomBelow gives a random number from 0 to its argument, which it does not reach
     */
    public RetryPolicy(FailureConfig config, LongUnaryOperator randomBelow) {
        this.config = config;
        this.randomBelow = randomBelow;
    }

    /** The count of failures of a piece of work. */
    public Tries newTries() {
        return new Tries(this, System::nanoTime);
    }

    /** The wait that {@code max.retries} reckons with. */
    Duration nominal() {
        return config.firstBackoff();
    }

    /** Whether to try again after that many failures in a row, from 1. */
    public boolean allows(int failures) {
        return config.maxRetries() < 0 || failures <= config.maxRetries();
    }

    /**
     * The wait after that many failures in a row, from 1; at least a millisecond. Trying to reach a server that is away costs
     * nobody anything, so that such waits stay short.
     */
    public Duration backoff(int failures, SQLException error) {
        long first = config.firstBackoff().toMillis();
        int doublings = Math.min(failures - 1, 30);
        Duration longest = config.longestBackoff();
        if (SqlStateClassifier.isUnreachable(error) && config.longestProbe().compareTo(longest) < 0) {
            longest = config.longestProbe();
        }
        long bound = Math.min(first << doublings, longest.toMillis());
        return Duration.ofMillis(1 + randomBelow.applyAsLong(Math.max(1, bound)));
    }
}
