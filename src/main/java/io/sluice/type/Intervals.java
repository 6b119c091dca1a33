package io.sluice.type;

import io.sluice.record.FieldType;
import io.sluice.record.SemanticType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.data.Struct;

/**
 * Intervals in PostgreSQL's binary form: microseconds, days and months. Source: {@code interval_send} in
 * src/backend/utils/adt/timestamp.c.
 */
final class Intervals {
    private Intervals() {}

    /** The codec of an interval column; empty where the field's values are no intervals, or text for PostgreSQL. */
    static Optional<ColumnCodec> codec(FieldType field) {
        if (field == SemanticType.MICRO_DURATION) {
            return Optional.of((value, out) -> write((Long) value, 0, 0, out));
        }
        if (field == SemanticType.NANO_DURATION) {
            return Optional.of((value, out) -> write(Epoch.roundedMicros((Long) value), 0, 0, out));
        }
        if (field == SemanticType.STRUCTURED_DURATION) {
            return Optional.of((value, out) -> write(
                    StructuredTime.durationMicros(value),
                    Math.toIntExact(StructuredTime.number((Struct) value, "days")),
                    Math.toIntExact(StructuredTime.months(value)),
                    out));
        }
        return Optional.empty();
    }

    /** Values as text of ISO 8601; empty where they are no intervals, or text already. */
    static Optional<Function<Object, String>> text(FieldType field) {
        if (field == SemanticType.MICRO_DURATION) {
            return Optional.of(
                    value -> Duration.of((Long) value, ChronoUnit.MICROS).toString());
        }
        if (field == SemanticType.NANO_DURATION) {
            return Optional.of(value -> Duration.ofNanos((Long) value).toString());
        }
        if (field == SemanticType.STRUCTURED_DURATION) {
            return Optional.of(value -> {
                long months = StructuredTime.months(value);
                long days = StructuredTime.number((Struct) value, "days");
                Duration rest = Duration.of(StructuredTime.durationMicros(value), ChronoUnit.MICROS);
                return "P" + months + "M" + days + "D" + rest.toString().substring(1);
            });
        }
        return Optional.empty();
    }

    private static void write(long micros, int days, int months, RowBuffer out) {
        int start = out.startField();
        out.int64(micros);
        out.int32(days);
        out.int32(months);
        out.endField(start);
    }
}
