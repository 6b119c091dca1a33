package io.sluice.lane;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the task may still believe in its partitions. The task thread renews the lease with every call from Connect;
 * lanes commit only while it is held. A process that was frozen, or a thread that did not come by for too long, may have
 * lost its partitions without having been told: a lane that woke up first would write old values over those of the new
 * owner. So after a lapse lanes hold still until the task thread has been around again for a while, in which the
 * consumer's heartbeat finds out.
 *
 * <p>Where the whole virtual machine was paused its own clock has stood still. So the time of day counts as well, where more of
 * it has passed. A clock that is put forward costs a second's wait, one that is put back nothing.
 *
 * <p>This narrows the gap between a loss and the knowledge of it; it does not close it, for the moment between the look
 * at the lease and the commit remains.
 *
 * <p>Threading: the task thread renews, lanes ask and wait.
 */
public final class Lease {
    /** Less than half of the shortest session that brokers allow by default, 6 s. */
    private static final Duration LAPSE = Duration.ofSeconds(2);
    /** A heartbeat and its answer, with time to spare. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration STEP = Duration.ofMillis(50);

    private final LongSupplier nanos;
    private final LongSupplier millisOfDay;
    private boolean everHeld;
    private long renewed;
    private long renewedOfDay;
    private long heldSince;

    /**
     * @param nanos a clock that never goes back, in nanoseconds
     * @param millisOfDay the time of day, in milliseconds
     */
    public Lease(LongSupplier nanos, LongSupplier millisOfDay) {
        this.nanos = nanos;
        this.millisOfDay = millisOfDay;
    }

    /** The task thread is here. */
    public synchronized void renew() {
        long now = nanos.getAsLong();
        if (!everHeld) {
            heldSince = now - GRACE.toNanos();
        } else if (hasLapsed(now)) {
            heldSince = now;
        }
        everHeld = true;
        renewed = now;
        renewedOfDay = millisOfDay.getAsLong();
        notifyAll();
    }

    private boolean hasLapsed(long now) {
        return now - renewed > LAPSE.toNanos() || millisOfDay.getAsLong() - renewedOfDay > LAPSE.toMillis();
    }

    synchronized boolean isHeld() {
        long now = nanos.getAsLong();
        return everHeld && !hasLapsed(now) && now - heldSince >= GRACE.toNanos();
    }

    /** Waits for the lease, but not for ever, since there may be a reason to stop waiting; returns whether it is held. */
    synchronized boolean awaitHeld() throws InterruptedException {
        long deadline = nanos.getAsLong() + GRACE.toNanos();
        while (!isHeld() && deadline - nanos.getAsLong() > 0) {
            wait(STEP.toMillis());
        }
        return isHeld();
    }
}
