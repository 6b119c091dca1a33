package io.sluice.flow;

import java.time.Duration;

/**
 * How many rows a lane's next transaction may have, so that it takes about as long as {@code latency.target.ms} and no
 * longer. It goes by the time of a row, not of a transaction, since transactions differ in size: the limit moves to what
 * the target has room for, by at most a quarter up and a half down at a time.
 *
 * <p>A transaction far below the limit says little, because what it costs is mostly what every transaction costs; so
 * only one that filled at least half of the limit counts, or one that took too long whatever its size. Source of that
 * rule: the limits of Netflix's concurrency-limits, which hold still while less than half of a limit is in use.
 *
 * <p>Belongs to one lane.
 */
public final class BatchSize {
    private static final double MOST_GROWTH = 1.25;
    private static final double MOST_SHRINKAGE = 0.5;
    /**
     * What is left of the limit after a bad record. Large transactions lose more to each, small ones cost more themselves: with
     * three quarters the limit settles at a bit more than half of the rows that are between two of them.
     */
    private static final double AFTER_BAD_RECORD = 0.75;
    /** A transaction that takes this many times the target counts whatever its size. */
    private static final int TOO_LONG = 2;
    /** The weight of the last transaction in the time of a row. */
    private static final double WEIGHT = 0.3;

    private final int most;
    private final long targetNanos;
    private double limit;
    private double nanosPerRow;

    /**
     * Starts at the most, since most servers can do it.
     *
     * @param most rows of one transaction, ever
     * @param target how long a transaction is to take
     */
    public BatchSize(int most, Duration target) {
        this.most = most;
        this.targetNanos = target.toNanos();
        this.limit = most;
    }

    /** Most rows of the next transaction. */
    public int rows() {
        return (int) limit;
    }

    /** A transaction of that many rows is durable, and writing and committing it took that long. */
    public void committed(int rows, Duration time) {
        long nanos = time.toNanos();
        if (rows < limit / 2 && nanos < TOO_LONG * targetNanos) {
            return;
        }
        double perRow = (double) nanos / rows;
        nanosPerRow = nanosPerRow == 0 ? perRow : nanosPerRow + WEIGHT * (perRow - nanosPerRow);
        moveTo(targetNanos / nanosPerRow);
    }

    /** The server could not take a transaction as large as this: a lock, a deadlock, or a resource that it is out of. */
    public void strained() {
        moveTo(1);
    }

    /** A row of a transaction was refused, so that all of it was for nothing. */
    public void refused() {
        moveTo(limit * AFTER_BAD_RECORD);
    }

    private void moveTo(double ideal) {
        double least = Math.max(1, limit * MOST_SHRINKAGE);
        // Of a few rows a quarter is no row at all.
        double greatest = Math.min(most, Math.max(limit * MOST_GROWTH, limit + 1));
        limit = Math.min(greatest, Math.max(least, ideal));
    }
}
