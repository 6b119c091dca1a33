package io.sluice.flow;

/**
 * Whether a level is high, with hysteresis: it is from reaching the limit until it has fallen to half of it.
 *
 * <p>Belongs to one thread.
 */
final class Watermarks {
    private final long limit;
    private boolean high;

    Watermarks(long limit) {
        this.limit = limit;
    }

    boolean isHigh(long level) {
        high = high ? level > limit / 2 : level >= limit;
        return high;
    }
}
