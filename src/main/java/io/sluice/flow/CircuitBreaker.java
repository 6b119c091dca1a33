package io.sluice.flow;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server can be reached. After some failures in a row, of whatever lanes, it opens: then one lane at a time tries,
 * and the others wait until that one has had an answer, so that a server that comes back is not met by all at once.
 *
 * <p>For all threads.
 */
public final class CircuitBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    private final int limit;
    private final LongSupplier nanos;
    private int failures;
    private long failingSince;
    private @Nullable Thread prober;

    /**
     * @param limit failures in a row that open it
     * @param nanos a clock that never goes back, in nanoseconds
     */
    public CircuitBreaker(int limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    /** Whether lanes have to wait. */
    public synchronized boolean isOpen() {
        return failures >= limit;
    }

    /**
     * Waits until the caller may try: at once while the breaker is closed, or where nobody else is trying.
     *
     * @throws InterruptedException where the caller is told to stop
     */
    public synchronized void awaitTurn() throws InterruptedException {
        Thread caller = Thread.currentThread();
        while (isOpen() && prober != null && !caller.equals(prober)) {
            wait();
        }
        if (isOpen()) {
            prober = caller;
        }
    }

    /** The server has answered, whatever it said. */
    public synchronized void answered() {
        if (isOpen()) {
            LOG.info(
                    "PostgreSQL answers again after {} seconds, and writing goes on",
                    Duration.ofNanos(nanos.getAsLong() - failingSince).toSeconds());
        }
        if (failures > 0) {
            failures = 0;
            prober = null;
            notifyAll();
        }
    }

    /** The server could not be reached, or would not take anybody; returns whether that is news. */
    public synchronized boolean failed() {
        boolean isNews = failures == 0;
        if (isNews) {
            failingSince = nanos.getAsLong();
        }
        // One that does not stop counting would be closed again after two billion failures.
        failures = Math.min(limit, failures + 1);
        return isNews;
    }

    /** The caller does not try any more; another one may. */
    public synchronized void leave() {
        if (Thread.currentThread().equals(prober)) {
            prober = null;
            notifyAll();
        }
    }
}
