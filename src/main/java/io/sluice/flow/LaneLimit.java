package io.sluice.flow;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many lanes of a task write large transactions at a time. Behind a slow network more lanes write more; where
 * PostgreSQL has no processor left they only get into each other's way. So the limit goes by what is written: rows a
 * second at one limit are compared with those at the next one. A lane more is kept where it brings a twentieth, a lane
 * fewer where it loses next to nothing, and what did not pay is tried again ever more rarely.
 *
 * <p>It holds nobody up for long. A lane with little to write does not have to wait, since for it only the time counts;
 * and no wait is longer than a few transactions take, nor than half a second, or a lane that is stuck with a locked table
 * would stop the others. (As long as it is stuck, a lane more pays, so the limit rises by itself.)
 *
 * <p>Source of the idea: the limits of Netflix's concurrency-limits, which likewise probe and compare. Threading: for all
 * lanes of a task.
 */
public final class LaneLimit {
    private static final int FIRST = 2;
    /** Transactions for each lane before rates are compared. */
    private static final int TRANSACTIONS = 3;

    private static final double WORTH_A_LANE = 1.05;
    private static final double NO_LOSS = 0.97;
    private static final int LONGEST_PATIENCE = 32;
    private static final int MOST_TRANSACTIONS_WAITED = 4;
    private static final long LONGEST_WAIT = Duration.ofMillis(500).toNanos();

    private final int most;
    private final LongSupplier nanos;
    private int active;
    private int limit;
    /** The limit that has proved itself, and the rate with it. */
    private int proven;

    private double provenRate;
    private int direction = 1;
    private int patience = 1;
    private int hold = 1;

    private long began;
    private long rows;
    private int transactions;
    private boolean contended;
    private long nanosPerTransaction;

    /**
     * @param most lanes
     * @param nanos a clock that never goes back, in nanoseconds
     */
    public LaneLimit(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        this.limit = Math.min(FIRST, most);
        this.proven = limit;
        this.began = nanos.getAsLong();
    }

    /** A lane's turn; it ends with {@link #end}. */
    public final class Turn {
        private final long start = nanos.getAsLong();
        private final boolean counts;

        private Turn(boolean counts) {
            this.counts = counts;
        }

        /** The lane has written that many rows. */
        public void end(int written) {
            if (counts) {
                leave(written, nanos.getAsLong() - start);
            }
        }
    }

    /** A turn for a transaction for which nobody else has to wait. */
    public Turn small() {
        return new Turn(false);
    }

    /**
     * A turn for a large transaction, as soon as fewer lanes than the limit have one.
     *
     * @throws InterruptedException where the lane is told to stop
     */
    public synchronized Turn large() throws InterruptedException {
        long longest = Math.min(LONGEST_WAIT, MOST_TRANSACTIONS_WAITED * nanosPerTransaction);
        long deadline = nanos.getAsLong() + longest;
        while (active >= limit) {
            contended = true;
            long millis = Duration.ofNanos(deadline - nanos.getAsLong()).toMillis();
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        active++;
        return new Turn(true);
    }

    private synchronized void leave(int written, long took) {
        active--;
        notifyAll();
        nanosPerTransaction = nanosPerTransaction == 0 ? took : (3 * nanosPerTransaction + took) / 4;
        rows += written;
        transactions++;
        if (!contended && active == 0) {
            startOver();
        } else if (transactions >= TRANSACTIONS * limit) {
            // Where all lanes may write nobody waits, however much there is to do.
            if (contended || limit == most) {
                compare((double) rows / Math.max(1, nanos.getAsLong() - began));
            }
            startOver();
        }
    }

    private void startOver() {
        began = nanos.getAsLong();
        rows = 0;
        transactions = 0;
        contended = false;
    }

    private void compare(double rate) {
        if (limit == proven) {
            provenRate = rate;
            hold--;
            if (hold <= 0) {
                tryNext();
            }
            return;
        }
        boolean pays = rate > provenRate * (limit > proven ? WORTH_A_LANE : NO_LOSS);
        if (pays) {
            proven = limit;
            provenRate = rate;
            patience = 1;
            tryNext();
        } else {
            limit = proven;
            patience = Math.min(LONGEST_PATIENCE, patience * 2);
            hold = patience;
            direction = -direction;
        }
    }

    private void tryNext() {
        int next = proven + direction;
        if (next < 1 || next > most) {
            direction = -direction;
            hold = patience;
        } else {
            limit = next;
        }
    }

    /** How many lanes may write at a time right now. */
    synchronized int limit() {
        return limit;
    }
}
