package io.sluice.write;

import java.time.Duration;

/**
 * Whether what waits for a session is worth another one: a bucket that time spent waiting fills, and that leaks a twentieth of
 * all time. A trickle does not fill it, though its lanes may have something to write in the same moment; where sessions are
 * at work all the time it is full within a few transactions.
 *
 * <p>The caller takes care of threads.
 */
final class Demand {
    private static final long FULL = Duration.ofMillis(20).toNanos();
    private static final int LEAK = 20;

    private long level;
    private long seen;

    Demand(long now) {
        this.seen = now;
    }

    /** Somebody has waited that long, in nanoseconds. */
    void waited(long time, long now) {
        level = Math.min(FULL, level(now) + time);
        seen = now;
    }

    /** Whether there is enough of it, with that of somebody who still waits. */
    boolean isHigh(long waiting, long now) {
        return level(now) + waiting >= FULL;
    }

    /** It was met. */
    void met(long now) {
        level = 0;
        seen = now;
    }

    private long level(long now) {
        return Math.max(0, level - (now - seen) / LEAK);
    }
}
