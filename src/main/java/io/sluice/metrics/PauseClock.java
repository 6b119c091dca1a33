package io.sluice.metrics;

import java.util.function.LongSupplier;

/** How many partitions are held back for a cause, and for how long there was at least one. Any thread may ask. */
final class PauseClock {
    private static final double NANOS_PER_SECOND = 1e9;

    private final PauseCause cause;
    private final String task;
    private final LongSupplier nanos;
    private PauseEvent event = new PauseEvent();
    private int partitions;
    private long since;
    private long total;

    PauseClock(PauseCause cause, String task, LongSupplier nanos) {
        this.cause = cause;
        this.task = task;
        this.nanos = nanos;
    }

    /** Notes how many there are from now on. */
    synchronized void set(int held) {
        long now = nanos.getAsLong();
        if (partitions > 0) {
            total += now - since;
        } else if (held > 0) {
            event = new PauseEvent();
            event.begin();
        }
        event.partitions = Math.max(event.partitions, held);
        if (partitions > 0 && held == 0) {
            event.task = task;
            event.cause = cause.name();
            event.commit();
        }
        since = now;
        partitions = held;
    }

    synchronized int partitions() {
        return partitions;
    }

    synchronized double seconds() {
        long running = partitions > 0 ? nanos.getAsLong() - since : 0;
        return (total + running) / NANOS_PER_SECOND;
    }
}
