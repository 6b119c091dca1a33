package io.sluice.failure;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Failures in a row of one piece of work. While the server is away tries are short and many, so that its return is noticed:
 * of those no more count than there are {@code retry.backoff.ms} in the time that has passed, and {@code max.retries} of them
 * last as long as they would with a wait of that length before each.
 *
 * <p>Belongs to one thread at a time.
 */
public final class Tries {
    private final RetryPolicy policy;
    private final LongSupplier nanos;
    private int failures;
    private int counted;
    private long countedAt;

    Tries(RetryPolicy policy, LongSupplier nanos) {
        this.policy = policy;
        this.nanos = nanos;
    }

    /** It has failed once more. */
    public void failed(SQLException error) {
        failures++;
        long now = nanos.getAsLong();
        boolean counts = counted == 0
                || !SqlStateClassifier.isUnreachable(error)
                || now - countedAt >= policy.nominal().toNanos();
        if (counts) {
            counted++;
            countedAt = now;
        }
    }

    /** It has worked. */
    public void succeeded() {
        failures = 0;
        counted = 0;
    }

    /** Whether the last failure was the first. */
    public boolean isFirst() {
        return failures == 1;
    }

    /** How many failures count. */
    public int counted() {
        return counted;
    }

    /** Whether to try again. */
    public boolean mayGoOn() {
        return policy.allows(counted);
    }

    /** The wait before the next try. */
    public Duration backoff(SQLException error) {
        // A wait for a lock was a wait already: the next one starts soon, not after ever longer pauses.
        return policy.backoff(SqlStateClassifier.isLocked(error) ? 1 : failures, error);
    }
}
