package io.sluice.flow;

import org.jspecify.annotations.Nullable;

/**
 * Whether the server can be reached. After some failures in a row, of whatever lanes, it opens: then one lane at a time tries,
 * and the others wait until that one has had an answer, so that a server that comes back is not met by all at once.
 *
 * <p>For all threads.
 */
public final class CircuitBreaker {
    private final int limit;
    private int failures;
    private @Nullable Thread prober;

    /**
     * @param limit failures in a row that open it
     */
    public CircuitBreaker(int limit) {
        this.limit = limit;
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
        if (failures > 0) {
            failures = 0;
            prober = null;
            notifyAll();
        }
    }

    /** The server could not be reached, or would not take anybody. */
    public synchronized void failed() {
        // One that does not stop counting would be closed again after two billion failures.
        failures = Math.min(limit, failures + 1);
    }

    /** The caller does not try any more; another one may. */
    public synchronized void leave() {
        if (Thread.currentThread().equals(prober)) {
            prober = null;
            notifyAll();
        }
    }
}
