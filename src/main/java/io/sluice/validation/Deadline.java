package io.sluice.validation;

import java.time.Duration;

/** The moment by which all checks have to be over. */
record Deadline(long startNanos, Duration budget) {
    /** The part of the budget that is kept back for the checks that are under way. */
    private static final int RESERVED_PART = 5;

    static Deadline in(Duration budget) {
        return new Deadline(System.nanoTime(), budget);
    }

    Duration left() {
        Duration left = budget.minusNanos(System.nanoTime() - startNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether there is no time to begin anything more. */
    boolean isNear() {
        return left().compareTo(budget.dividedBy(RESERVED_PART)) < 0;
    }
}
