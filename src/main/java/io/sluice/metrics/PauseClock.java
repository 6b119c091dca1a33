package io.sluice.metrics;

import java.util.function.LongSupplier;

/** How many partitions are held back for a cause, and for how long there was at least one. Any thread may ask. */
final class PauseClock {
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanos;
    private int partitions;
    private long since;
    private long total;

    PauseClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Notes how many there are from now on, and returns how many there were. */
    synchronized int set(int held) {
        int before = partitions;
        long now = nanos.getAsLong();
        if (before > 0) {
            total += now - since;
        }
        since = now;
        partitions = held;
        return before;
    }

    synchronized int partitions() {
        return partitions;
    }

    synchronized double seconds() {
        long running = partitions > 0 ? nanos.getAsLong() - since : 0;
        return (total + running) / NANOS_PER_SECOND;
    }
}
