package io.sluice.lane;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long a lane waits for rows that its own refer to. They may be in another lane, in another task, or further back in
 * the lane's own queue; after a while they are missing. Belongs to one lane.
 */
final class MissingParents {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long FIRST_WAIT_MILLIS = 10;
    private static final int MOST_DOUBLINGS = 5;

    private final LongSupplier clock;
    private long since;
    private int failures;

    /**
     * @param clock nanoseconds
     */
    MissingParents(LongSupplier clock) {
        this.clock = clock;
    }

    /** The wait before the next try; empty where it has taken too long. */
    Optional<Duration> nextWait() {
        long now = clock.getAsLong();
        if (failures == 0) {
            since = now;
        }
        if (now - since > LONGEST.toNanos()) {
            return Optional.empty();
        }
        int doublings = Math.min(failures++, MOST_DOUBLINGS);
        return Optional.of(Duration.ofMillis(FIRST_WAIT_MILLIS << doublings));
    }

    /** Whether rows are being waited for. */
    boolean isWaiting() {
        return failures > 0 && clock.getAsLong() - since <= LONGEST.toNanos();
    }

    void clear() {
        failures = 0;
    }
}
