package io.sluice.type;

import io.sluice.record.FieldType;
import io.sluice.record.SemanticType;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Dates and times in PostgreSQL's binary form: days and microseconds from 2000-01-01, where the largest and the smallest
 * number are infinity. Source: PostgreSQL's documentation of date/time types and src/include/datatype/timestamp.h.
 */
final class Temporals {
    private static final long FIRST_DAY = -2_451_545;
    private static final long LAST_DAY = 2_147_483_493L - 2_451_545;
    private static final long FIRST_MICROS = FIRST_DAY * Epoch.DAY_MICROS;
    private static final long LAST_MICROS = 9_223_371_331_199_999_999L;
    private static final int MOST_OFFSET_SECONDS = 16 * 3600;

    private Temporals() {}

    /** The codec of a column of dates or times; empty where the field's values cannot go there. */
    static Optional<ColumnCodec> codec(String column, Moment moment, ZoneId zone) {
        ToLongFunction<Object> count = moment.count();
        Moment.Kind kind = moment.kind();
        boolean clock = kind == Moment.Kind.CLOCK;
        return switch (column) {
            case "date" ->
                clock
                        ? Optional.empty()
                        : Optional.of((value, out) ->
                                out.int32Field(days(WallClock.day(count.applyAsLong(value), kind, zone))));
            case "time" -> timeOfDay(moment, zone);
            case "timestamp" ->
                clock
                        ? Optional.empty()
                        : Optional.of((value, out) ->
                                out.int64Field(micros(WallClock.local(count.applyAsLong(value), kind, zone))));
            case "timestamptz" ->
                clock
                        ? Optional.empty()
                        : Optional.of((value, out) ->
                                out.int64Field(micros(WallClock.instant(count.applyAsLong(value), kind, zone))));
            case "timetz" -> zonedTimeOfDay(moment, zone);
            default -> Optional.empty();
        };
    }

    private static Optional<ColumnCodec> timeOfDay(Moment moment, ZoneId zone) {
        ToLongFunction<Object> count = moment.count();
        Moment.Kind kind = moment.kind();
        return switch (kind) {
            case DATE -> Optional.empty();
            case CLOCK -> Optional.of((value, out) -> out.int64Field(clock(count.applyAsLong(value))));
            case INSTANT, LEGACY_INSTANT, LOCAL ->
                Optional.of((value, out) -> {
                    long local = WallClock.local(finite(count.applyAsLong(value)), kind, zone);
                    out.int64Field(Math.floorMod(local, Epoch.DAY_MICROS));
                });
        };
    }

    /** A time with an offset, from values that are instants: the offset is the zone's at that time. */
    private static Optional<ColumnCodec> zonedTimeOfDay(Moment moment, ZoneId zone) {
        if (moment.kind() != Moment.Kind.INSTANT) {
            return Optional.empty();
        }
        return Optional.of((value, out) -> {
            long instant = finite(moment.count().applyAsLong(value));
            long seconds = Math.floorDiv(instant, 1_000_000L) + Epoch.DAYS * 86_400L;
            ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochSecond(seconds));
            long local = instant + offset.getTotalSeconds() * 1_000_000L;
            zonedTime(Math.floorMod(local, Epoch.DAY_MICROS), offset.getTotalSeconds(), out);
        });
    }

    /** The codec of {@code timetz} for values that have an offset; empty where they have none. */
    static Optional<ColumnCodec> zonedTime(FieldType field) {
        if (field == SemanticType.ZONED_TIME) {
            return Optional.of((value, out) -> {
                IsoText iso = IsoText.parse((String) value);
                zonedTime(iso.clock(), iso.offset(), out);
            });
        }
        if (field == SemanticType.STRUCTURED_ZONED_TIME) {
            return Optional.of(
                    (value, out) -> zonedTime(StructuredTime.clock(value), (int) StructuredTime.offset(value), out));
        }
        return Optional.empty();
    }

    /** Microseconds of the day and seconds to the west. Source: {@code timetz_send} in date.c. */
    private static void zonedTime(long micros, int offset, RowBuffer out) {
        if (Math.abs(offset) >= MOST_OFFSET_SECONDS) {
            throw Epoch.outOfRange();
        }
        int start = out.startField();
        out.int64(clock(micros));
        out.int32(-offset);
        out.endField(start);
    }

    private static int days(long day) {
        if (WallClock.isInfinite(day)) {
            return day > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        }
        if (day < FIRST_DAY || day > LAST_DAY) {
            throw Epoch.outOfRange();
        }
        return (int) day;
    }

    private static long micros(long micros) {
        if (!WallClock.isInfinite(micros) && (micros < FIRST_MICROS || micros > LAST_MICROS)) {
            throw Epoch.outOfRange();
        }
        return micros;
    }

    private static long clock(long micros) {
        if (micros < 0 || micros > Epoch.DAY_MICROS) {
            throw Epoch.outOfRange();
        }
        return micros;
    }

    private static long finite(long count) {
        if (WallClock.isInfinite(count)) {
            throw new UnfitValueException(
                    "the timestamp is infinite, which a time of day cannot be", "Make the column a timestamp");
        }
        return count;
    }
}
