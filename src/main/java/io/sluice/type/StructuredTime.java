package io.sluice.type;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * Debezium's structured temporals, which spell a date or time out in fields. A field that is missing or null is zero.
 * Source: {@code io.debezium.time.StructuredTemporal} of Debezium 3.7; fractions of a second come as picoseconds, in
 * earlier versions as nanos.
 */
final class StructuredTime {
    private static final long SECOND = 1_000_000L;
    private static final long PICOS_PER_MICRO = 1_000_000L;

    private StructuredTime() {}

    static long date(Object value) {
        Struct struct = (Struct) value;
        long infinity = infinity(struct);
        if (infinity != 0) {
            return infinity;
        }
        try {
            return LocalDate.of((int) number(struct, "year"), (int) number(struct, "month"), (int)
                                    number(struct, "day"))
                            .toEpochDay()
                    - Epoch.DAYS;
        } catch (DateTimeException e) {
            throw new UnfitValueException("the fields of the structured value are not a date", "Correct the producer");
        }
    }

    static long clock(Object value) {
        Struct struct = (Struct) value;
        return seconds(struct, "hour", "minute", "second") * SECOND + fraction(struct);
    }

    static long local(Object value) {
        long infinity = infinity((Struct) value);
        if (infinity != 0) {
            return infinity;
        }
        try {
            return Math.addExact(Math.multiplyExact(date(value), Epoch.DAY_MICROS), clock(value));
        } catch (ArithmeticException e) {
            throw Epoch.outOfRange();
        }
    }

    static long instant(Object value) {
        long local = local(value);
        return WallClock.isInfinite(local) ? local : local - offset(value) * SECOND;
    }

    /** Seconds to the east of UTC. */
    static long offset(Object value) {
        return number((Struct) value, "offsetSeconds");
    }

    /** The months of a duration. */
    static long months(Object value) {
        return number((Struct) value, "years") * 12 + number((Struct) value, "months");
    }

    /** The microseconds of a duration that are in neither its months nor its days. */
    static long durationMicros(Object value) {
        Struct struct = (Struct) value;
        return Math.addExact(
                Math.multiplyExact(seconds(struct, "hours", "minutes", "seconds"), SECOND), fraction(struct));
    }

    private static long seconds(Struct struct, String hours, String minutes, String seconds) {
        return number(struct, hours) * 3600 + number(struct, minutes) * 60 + number(struct, seconds);
    }

    private static long fraction(Struct struct) {
        long picos = number(struct, "picoseconds");
        long micros = Math.floorDiv(picos, PICOS_PER_MICRO);
        long rest = Math.floorMod(picos, PICOS_PER_MICRO) * 2;
        boolean up = rest > PICOS_PER_MICRO || (rest == PICOS_PER_MICRO && (micros & 1) == 1);
        return micros + (up ? 1 : 0) + Epoch.roundedMicros(number(struct, "nanos"));
    }

    private static long infinity(Struct struct) {
        Field field = struct.schema().field("specialValue");
        Object special = field == null ? null : struct.get(field);
        if (special == null) {
            return 0;
        }
        return switch ((String) special) {
            case "POSITIVE_INFINITY" -> Moment.INFINITY;
            case "NEGATIVE_INFINITY" -> Moment.MINUS_INFINITY;
            default ->
                throw new UnfitValueException(
                        "the structured value is a special one that PostgreSQL does not know", "Correct the producer");
        };
    }

    static long number(Struct struct, String name) {
        Field field = struct.schema().field(name);
        Object number = field == null ? null : struct.get(field);
        return number == null ? 0 : ((Number) number).longValue();
    }
}
