package io.sluice.metrics;

/**
 * How fast a number grows: an exponentially weighted mean of its growth, with a time constant of ten seconds, as the load
 * averages of Unix have theirs.
 */
final class SmoothRate {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double CONSTANT_SECONDS = 10;

    private boolean begun;
    private long last;
    private long lastNanos;
    private volatile double perSecond;

    void tick(long value, long nanos) {
        if (begun && nanos > lastNanos) {
            double seconds = (nanos - lastNanos) / NANOS_PER_SECOND;
            double growth = Math.max(0, value - last) / seconds;
            double before = perSecond;
            perSecond = before + (1 - Math.exp(-seconds / CONSTANT_SECONDS)) * (growth - before);
        }
        begun = true;
        last = value;
        lastNanos = nanos;
    }

    /** The number is counted from elsewhere from now on. */
    void restart() {
        begun = false;
    }

    double perSecond() {
        return perSecond;
    }
}
