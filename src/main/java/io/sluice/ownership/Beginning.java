package io.sluice.ownership;

/**
 * What the first records after a takeover tell of the log. Where reading goes on behind the offset that was asked for, the
 * record before that offset says why: it was written, so a log that still has it has a hole behind it, as compaction,
 * transactions and filters leave. A log that has it no more was cut by its retention, or compacted.
 */
final class Beginning {
    private final long next;
    private final boolean mayAsk;
    private long found = -1;

    /** What to do about a record. */
    enum Sight {
        /** Nothing. */
        FINE,
        /** Reading again from the record before, once. */
        ASK,
        /** It is the record before, and done with. */
        BEFORE,
        /** Records may be lost. */
        GONE,
        /** The same, and reading went on too late when the record before was asked for. */
        GONE_AND_TOO_LATE
    }

    /**
     * @param next the offset that was asked for
     * @param mayAsk whether a consumer that asks for what is not there goes on with the first record that is
     */
    Beginning(long next, boolean mayAsk) {
        this.next = next;
        this.mayAsk = mayAsk;
    }

    /** Where reading went on at first. */
    long found() {
        return found;
    }

    Sight see(long offset) {
        if (found < 0) {
            if (offset <= next || next == 0) {
                return Sight.FINE;
            }
            found = offset;
            return mayAsk ? Sight.ASK : Sight.GONE;
        }
        if (offset == next - 1) {
            return Sight.BEFORE;
        }
        if (offset < next) {
            return Sight.FINE;
        }
        return offset > found ? Sight.GONE_AND_TOO_LATE : Sight.GONE;
    }
}
