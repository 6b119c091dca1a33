package io.sluice.flow;

import java.util.function.LongSupplier;

/**
 * Tokens that come back at a steady rate. Since nobody knows beforehand how many records a poll brings, what was taken may
 * exceed what was there; the debt is paid off before the bucket has any again, so that the rate holds over time. What comes
 * back while nobody takes any is kept for a second, as long as a commit may take, and no longer: so a stall does not lower
 * the rate, a pause does not become a burst, and no minute has 2% more than its due.
 *
 * <p>Belongs to one thread.
 */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KEPT_SECONDS = 1;

    private final double perSecond;
    private final LongSupplier nanos;
    private double tokens;
    private long filled;

    /**
     * @param nanos a clock that never goes back, in nanoseconds
     */
    TokenBucket(long perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.filled = nanos.getAsLong();
    }

    void take(long taken) {
        fill();
        tokens -= taken;
    }

    /** Whether more was taken than there was, and has not come back yet. */
    boolean isOverdrawn() {
        fill();
        return tokens < 0;
    }

    private void fill() {
        long now = nanos.getAsLong();
        double more = perSecond * ((now - filled) / NANOS_PER_SECOND);
        filled = now;
        tokens = Math.min(tokens + more, Math.max(1, perSecond * KEPT_SECONDS));
    }
}
