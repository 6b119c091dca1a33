package io.sluice.type;

import io.sluice.record.FieldType;
import io.sluice.record.SemanticType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Dates and times as the text of ISO 8601, which PostgreSQL reads as well from year 1 to year 9999; or as PostgreSQL reads
 * all of them.
 */
final class TimeText {
    private static final long SECOND = 1_000_000L;

    private TimeText() {}

    /** Values as a clock on the wall of the zone shows them. */
    static Function<Object, String> local(Moment moment, ZoneId zone) {
        return value -> text(moment, WallClock::local, value, zone);
    }

    /** PostgreSQL writes no plus before a year, and another era instead of a minus. */
    static String postgres(String iso) {
        if (iso.startsWith("+")) {
            return iso.substring(1);
        }
        if (!iso.startsWith("-") || iso.endsWith("infinity")) {
            return iso;
        }
        int end = iso.indexOf('-', 1);
        int year = 1 + Integer.parseInt(iso, 1, end, 10);
        return String.format(Locale.ROOT, "%04d%s BC", year, iso.substring(end));
    }

    /** The same, but an instant is in UTC and says so. */
    static Function<Object, String> utc(Moment moment) {
        String suffix = switch (moment.kind()) {
            case INSTANT, LEGACY_INSTANT -> "Z";
            case LOCAL, DATE, CLOCK -> "";
        };
        return value -> {
            String text = text(moment, (count, kind, zone) -> count, value, ZoneOffset.UTC);
            return text.endsWith("infinity") ? text : text + suffix;
        };
    }

    /** The text of a time or a timestamp with an offset. */
    static Function<Object, String> zoned(FieldType field) {
        boolean timestamp = field == SemanticType.STRUCTURED_ZONED_TIMESTAMP;
        return value -> {
            long local = timestamp ? StructuredTime.local(value) : StructuredTime.clock(value);
            String infinity = infinity(local).orElse("");
            if (!infinity.isEmpty()) {
                return infinity;
            }
            return (timestamp ? timestamp(local) : clock(local))
                    + ZoneOffset.ofTotalSeconds(offset(value)).getId();
        };
    }

    /** Seconds to the east of UTC, within what ISO 8601 and PostgreSQL allow. */
    static int offset(Object value) {
        long offset = StructuredTime.offset(value);
        if (Math.abs(offset) > ZoneOffset.MAX.getTotalSeconds()) {
            throw Epoch.outOfRange();
        }
        return (int) offset;
    }

    /** From a count to one of another kind. */
    private interface Shift {
        long apply(long count, Moment.Kind kind, ZoneId zone);
    }

    private static String text(Moment moment, Shift shift, Object value, ZoneId zone) {
        long count = moment.count().applyAsLong(value);
        Optional<String> infinity = infinity(count);
        if (infinity.isPresent()) {
            return infinity.get();
        }
        return switch (moment.kind()) {
            case DATE -> date(count);
            case CLOCK -> clock(count);
            case INSTANT, LEGACY_INSTANT, LOCAL -> timestamp(shift.apply(count, moment.kind(), zone));
        };
    }

    private static Optional<String> infinity(long count) {
        if (count == Moment.INFINITY) {
            return Optional.of("infinity");
        }
        return count == Moment.MINUS_INFINITY ? Optional.of("-infinity") : Optional.empty();
    }

    private static String timestamp(long micros) {
        return date(Math.floorDiv(micros, Epoch.DAY_MICROS)) + "T" + clock(Math.floorMod(micros, Epoch.DAY_MICROS));
    }

    private static String date(long day) {
        try {
            return LocalDate.ofEpochDay(day + Epoch.DAYS).toString();
        } catch (DateTimeException e) {
            throw Epoch.outOfRange();
        }
    }

    private static String clock(long micros) {
        long seconds = Math.floorDiv(micros, SECOND);
        int fraction = (int) Math.floorMod(micros, SECOND);
        if (seconds < 0 || seconds > 86_400) {
            throw Epoch.outOfRange();
        }
        StringBuilder text = new StringBuilder(15);
        two(text, seconds / 3600).append(':');
        two(text, seconds / 60 % 60).append(':');
        two(text, seconds % 60);
        if (fraction != 0) {
            // In groups of three digits, as Instant writes them.
            boolean millis = fraction % 1000 == 0;
            String digits = String.valueOf(SECOND + fraction);
            text.append('.').append(digits, 1, millis ? 4 : 7);
        }
        return text.toString();
    }

    private static StringBuilder two(StringBuilder text, long number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
