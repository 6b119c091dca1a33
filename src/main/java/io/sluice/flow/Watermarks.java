package io.sluice.flow;

/**
 * Whether a level is high, with hysteresis: it is from reaching the limit until it has fallen to half of it.
 *
 * <p>What is stuck takes room from the rest and does not flow off, so the marks are those of the room that it leaves; where it
 * leaves none, the rest comes in bit by bit, since else it would wait for as long as the other is stuck. And where the
 * next bit may be a large one the marks are lower by as much, so that the limit holds after it, too.
 *
 * <p>Belongs to one thread.
 */
final class Watermarks {
    private final long limit;
    private boolean high;

    Watermarks(long limit) {
        this.limit = limit;
    }

    /**
     * @param level all that waits
     * @param stuck the part of it that is stuck
     * @param next how much may come in before the level is looked at again
     */
    boolean isHigh(long level, long stuck, long next) {
        long free = level - stuck;
        long room = limit - stuck;
        high = high ? free > Math.max(0, Math.min(room / 2, room - next)) : free >= Math.max(1, room - next);
        return high;
    }

    /** The part that so much takes of the room that is left by what is stuck; more than all of it where there is none. */
    double part(long amount, long stuck) {
        return (double) amount / Math.max(1, limit - stuck);
    }
}
