package io.sluice.type;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.TimeZone;

/** Between instants and the clock on the wall of a zone, in microseconds from 2000-01-01. */
final class WallClock {
    private static final long SECOND = 1_000_000L;
    private static final long EPOCH_SECONDS = Epoch.DAYS * 86_400L;
    /** The first moment of the Gregorian calendar, 1582-10-15, and a day more for the sake of all zones. */
    private static final long GREGORIAN_START = (-141_427L - Epoch.DAYS + 1) * Epoch.DAY_MICROS;

    private WallClock() {}

    /** What the wall shows at a moment; a time of day shows itself. */
    static long local(long count, Moment.Kind kind, ZoneId zone) {
        if (isInfinite(count)) {
            return count;
        }
        return switch (kind) {
            case INSTANT -> shifted(count, zone);
            case LEGACY_INSTANT -> count < GREGORIAN_START ? legacy(count, zone) : shifted(count, zone);
            case LOCAL, CLOCK -> count;
            case DATE -> midnight(count);
        };
    }

    /** The day that the wall shows, in days from 2000-01-01. */
    static long day(long count, Moment.Kind kind, ZoneId zone) {
        if (isInfinite(count) || kind == Moment.Kind.DATE) {
            return count;
        }
        return Math.floorDiv(local(count, kind, zone), Epoch.DAY_MICROS);
    }

    /** The instant of a moment. Of an hour that the clock shows twice it is the first. */
    static long instant(long count, Moment.Kind kind, ZoneId zone) {
        if (isInfinite(count)) {
            return count;
        }
        return switch (kind) {
            case INSTANT, LEGACY_INSTANT -> count;
            case LOCAL, CLOCK -> instant(count, zone);
            case DATE -> instant(midnight(count), zone);
        };
    }

    static boolean isInfinite(long count) {
        return count == Moment.INFINITY || count == Moment.MINUS_INFINITY;
    }

    private static long midnight(long day) {
        try {
            return Math.multiplyExact(day, Epoch.DAY_MICROS);
        } catch (ArithmeticException e) {
            throw Epoch.outOfRange();
        }
    }

    private static long instant(long local, ZoneId zone) {
        ZoneOffset offset = zone instanceof ZoneOffset fixed
                ? fixed
                : zone.getRules().getOffset(LocalDateTime.ofEpochSecond(seconds(local), 0, ZoneOffset.UTC));
        return exact(local, -offset.getTotalSeconds() * SECOND);
    }

    private static long shifted(long instant, ZoneId zone) {
        ZoneOffset offset = zone instanceof ZoneOffset fixed
                ? fixed
                : zone.getRules().getOffset(Instant.ofEpochSecond(seconds(instant)));
        return exact(instant, offset.getTotalSeconds() * SECOND);
    }

    private static long exact(long count, long more) {
        try {
            return Math.addExact(count, more);
        } catch (ArithmeticException e) {
            throw Epoch.outOfRange();
        }
    }

    private static long seconds(long count) {
        return Math.floorDiv(count, SECOND) + EPOCH_SECONDS;
    }

    /** The date and time that a Julian calendar shows, taken for one of PostgreSQL's calendar. */
    private static long legacy(long instant, ZoneId zone) {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone));
        calendar.setTimeInMillis(seconds(instant) * 1000);
        int year = calendar.get(GregorianCalendar.YEAR);
        int sign = calendar.get(GregorianCalendar.ERA) == GregorianCalendar.AD ? year : 1 - year;
        int dayMillis = calendar.get(GregorianCalendar.HOUR_OF_DAY) * 3_600_000
                + calendar.get(GregorianCalendar.MINUTE) * 60_000
                + calendar.get(GregorianCalendar.SECOND) * 1000;
        try {
            // The 29th of February of 1500 is the 1st of March here.
            long day = LocalDate.of(sign, calendar.get(GregorianCalendar.MONTH) + 1, 1)
                            .toEpochDay()
                    + calendar.get(GregorianCalendar.DAY_OF_MONTH)
                    - 1;
            return (day - Epoch.DAYS) * Epoch.DAY_MICROS + dayMillis * 1000L + Math.floorMod(instant, SECOND);
        } catch (DateTimeException e) {
            throw Epoch.outOfRange();
        }
    }
}
