package io.sluice.type;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;

/**
 * Connect's dates and times in PostgreSQL's binary form: days and microseconds from 2000-01-01. Source: PostgreSQL's
 * documentation of date/time types and src/include/datatype/timestamp.h.
 */
final class Temporals {
    private static final long DAY_MILLIS = 86_400_000L;
    private static final int EPOCH_DAYS = 10_957;
    private static final long EPOCH_MILLIS = EPOCH_DAYS * DAY_MILLIS;

    private Temporals() {}

    /** A date column from the instant's date in that zone. */
    static ColumnCodec date(ZoneId zone) {
        return (value, out) ->
                out.int32Field((int) (Math.floorDiv(wallClock((Date) value, zone), DAY_MILLIS) - EPOCH_DAYS));
    }

    /** A time column from the instant's time of day in that zone. */
    static ColumnCodec time(ZoneId zone) {
        return (value, out) -> out.int64Field(Math.floorMod(wallClock((Date) value, zone), DAY_MILLIS) * 1000);
    }

    /** A timestamp column from the instant's wall-clock time in that zone; with UTC also a timestamptz column. */
    static ColumnCodec timestamp(ZoneId zone) {
        return (value, out) -> out.int64Field(micros(wallClock((Date) value, zone)));
    }

    private static long micros(long millis) {
        try {
            return Math.multiplyExact(Math.subtractExact(millis, EPOCH_MILLIS), 1000L);
        } catch (ArithmeticException e) {
            throw new UnfitValueException("the timestamp is out of PostgreSQL's range", "Correct the producer");
        }
    }

    /** The milliseconds from 1970 that a clock in the zone would show if it were one in UTC. */
    private static long wallClock(Date value, ZoneId zone) {
        long millis = value.getTime();
        if (zone.equals(ZoneOffset.UTC)) {
            return millis;
        }
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone)
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }
}
