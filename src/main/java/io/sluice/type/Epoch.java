package io.sluice.type;

/**
 * Counts from 1970 as PostgreSQL's counts from 2000. Infinity comes as the numbers that Debezium makes of it. Source:
 * {@code PGStatement.DATE_POSITIVE_INFINITY} of pgjdbc, which Debezium's PostgreSQL source takes for microseconds, and
 * the day numbers of its {@code DateTimeFormat}.
 */
final class Epoch {
    static final long DAY_MILLIS = 86_400_000L;
    static final long DAY_MICROS = DAY_MILLIS * 1000;
    /** Days from 1970-01-01 to 2000-01-01. */
    static final int DAYS = 10_957;

    private static final long MICROS = DAYS * DAY_MICROS;
    private static final long INFINITY_MICROS = 9_223_372_036_825_200_000L;
    private static final long MINUS_INFINITY_MICROS = -9_223_372_036_832_400_000L;
    private static final long INFINITY_MILLIS = INFINITY_MICROS / 1000;
    private static final long MINUS_INFINITY_MILLIS = MINUS_INFINITY_MICROS / 1000;
    private static final int INFINITY_DAY = -2_147_472_692;
    private static final int MINUS_INFINITY_DAY = -2_147_472_691;

    private Epoch() {}

    /** Days from 2000 of days from 1970. */
    static long days(long days) {
        if (days == INFINITY_DAY || days == Integer.MAX_VALUE) {
            return Moment.INFINITY;
        }
        if (days == MINUS_INFINITY_DAY || days == Integer.MIN_VALUE) {
            return Moment.MINUS_INFINITY;
        }
        return days - DAYS;
    }

    /** Microseconds from 2000 of milliseconds from 1970. */
    static long millis(long millis) {
        if (millis == INFINITY_MILLIS || millis == INFINITY_MICROS || millis == Long.MAX_VALUE) {
            return Moment.INFINITY;
        }
        if (millis == MINUS_INFINITY_MILLIS || millis == MINUS_INFINITY_MICROS || millis == Long.MIN_VALUE) {
            return Moment.MINUS_INFINITY;
        }
        try {
            return Math.multiplyExact(Math.subtractExact(millis, DAYS * DAY_MILLIS), 1000L);
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    /** Microseconds from 2000 of microseconds from 1970. */
    static long micros(long micros) {
        if (micros == INFINITY_MICROS || micros == Long.MAX_VALUE) {
            return Moment.INFINITY;
        }
        if (micros == MINUS_INFINITY_MICROS || micros == Long.MIN_VALUE) {
            return Moment.MINUS_INFINITY;
        }
        if (micros < Long.MIN_VALUE + MICROS) {
            throw outOfRange();
        }
        return micros - MICROS;
    }

    /** Microseconds from 2000 of nanoseconds from 1970, rounded as PostgreSQL does. */
    static long nanos(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            return Moment.INFINITY;
        }
        if (nanos == Long.MIN_VALUE) {
            return Moment.MINUS_INFINITY;
        }
        return micros(roundedMicros(nanos));
    }

    /** The nearest microsecond, the even one of two that are equally near. */
    static long roundedMicros(long nanos) {
        long micros = Math.floorDiv(nanos, 1000L);
        long rest = Math.floorMod(nanos, 1000L);
        return rest > 500 || (rest == 500 && (micros & 1) == 1) ? micros + 1 : micros;
    }

    /** A number, or the text of one. */
    static long number(Object value) {
        if (!(value instanceof String text)) {
            return ((Number) value).longValue();
        }
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw new UnfitValueException(
                    "the text is not a number of microseconds or nanoseconds",
                    "Take the field out of timestamp.fields.list, or correct the producer");
        }
    }

    static UnfitValueException outOfRange() {
        return new UnfitValueException("the date or time is out of PostgreSQL's range", "Correct the producer");
    }
}
