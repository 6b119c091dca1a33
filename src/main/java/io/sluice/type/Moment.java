package io.sluice.type;

import io.sluice.config.CalendarSystem;
import io.sluice.config.ValueConfig;
import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.SemanticType;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a field's values say of time, as a number that columns of dates and times are computed from. {@link
 * Long#MAX_VALUE} and {@link Long#MIN_VALUE} are PostgreSQL's infinity and its negative.
 *
 * @param kind what the number counts
 * @param count the number of a value
 */
record Moment(Kind kind, ToLongFunction<Object> count) {
    static final long INFINITY = Long.MAX_VALUE;
    static final long MINUS_INFINITY = Long.MIN_VALUE;

    /** What numbers of moments count. */
    enum Kind {
        /** Microseconds from 2000-01-01 in UTC, to an instant. */
        INSTANT,
        /** The same, of an instant that a producer with a Julian calendar told. */
        LEGACY_INSTANT,
        /** Microseconds from 2000-01-01, as a clock on the wall counts them. */
        LOCAL,
        /** Days from 2000-01-01. */
        DATE,
        /** Microseconds of the day; 24:00:00 is one day. */
        CLOCK
    }

    /** The meaning of a field's values; empty where they say nothing of time. */
    static Optional<Moment> of(FieldType field, ValueConfig config) {
        if (field instanceof Scalar scalar) {
            return ofConnect(scalar, config);
        }
        return field instanceof SemanticType semantic ? ofDebezium(semantic) : Optional.empty();
    }

    private static Optional<Moment> ofConnect(Scalar field, ValueConfig config) {
        boolean legacy = config.calendar() == CalendarSystem.LEGACY;
        ZoneId dateZone = config.dateZone().normalized();
        return switch (field) {
            case DATE -> moment(Kind.DATE, value -> day(((Date) value).getTime(), legacy, dateZone));
            case TIME -> moment(Kind.CLOCK, value -> Math.floorMod(((Date) value).getTime(), Epoch.DAY_MILLIS) * 1000);
            case TIMESTAMP ->
                moment(legacy ? Kind.LEGACY_INSTANT : Kind.INSTANT, value -> Epoch.millis(((Date) value).getTime()));
            case BOOLEAN,
                    INT8,
                    INT16,
                    INT32,
                    INT64,
                    FLOAT32,
                    FLOAT64,
                    STRING,
                    BYTES,
                    JSON_STRING,
                    INTEGER,
                    NUMBER,
                    DOCUMENT,
                    NULL -> Optional.empty();
        };
    }

    private static long day(long millis, boolean legacy, ZoneId zone) {
        // Far days have no number of microseconds, and are on no calendar but the one.
        if (Math.abs(millis) > Long.MAX_VALUE / 2000) {
            return Epoch.days(Math.floorDiv(millis, Epoch.DAY_MILLIS));
        }
        return WallClock.day(Epoch.millis(millis), legacy ? Kind.LEGACY_INSTANT : Kind.INSTANT, zone);
    }

    private static Optional<Moment> ofDebezium(SemanticType field) {
        return switch (field) {
            case DATE -> moment(Kind.DATE, value -> Epoch.days((Integer) value));
            case TIME -> moment(Kind.CLOCK, value -> (Integer) value * 1000L);
            case MICRO_TIME -> moment(Kind.CLOCK, value -> (Long) value);
            case NANO_TIME -> moment(Kind.CLOCK, value -> Epoch.roundedMicros((Long) value));
            case TIMESTAMP -> moment(Kind.LOCAL, value -> Epoch.millis((Long) value));
            case MICRO_TIMESTAMP -> moment(Kind.LOCAL, value -> Epoch.micros((Long) value));
            case NANO_TIMESTAMP -> moment(Kind.LOCAL, value -> Epoch.nanos((Long) value));
            case EPOCH_MICROS -> moment(Kind.INSTANT, value -> Epoch.micros(Epoch.number(value)));
            case EPOCH_NANOS -> moment(Kind.INSTANT, value -> Epoch.nanos(Epoch.number(value)));
            case ISO_DATE ->
                moment(Kind.DATE, value -> IsoText.parse((String) value).date());
            case ISO_TIME ->
                moment(Kind.CLOCK, value -> IsoText.parse((String) value).clock());
            case ISO_TIMESTAMP ->
                moment(Kind.LOCAL, value -> IsoText.parse((String) value).local());
            case ZONED_TIMESTAMP ->
                moment(Kind.INSTANT, value -> IsoText.parse((String) value).instant());
            case STRUCTURED_DATE -> moment(Kind.DATE, StructuredTime::date);
            case STRUCTURED_TIME -> moment(Kind.CLOCK, StructuredTime::clock);
            case STRUCTURED_TIMESTAMP -> moment(Kind.LOCAL, StructuredTime::local);
            case STRUCTURED_ZONED_TIMESTAMP -> moment(Kind.INSTANT, StructuredTime::instant);
            case ZONED_TIME,
                    MICRO_DURATION,
                    NANO_DURATION,
                    INTERVAL,
                    YEAR,
                    STRUCTURED_ZONED_TIME,
                    STRUCTURED_DURATION,
                    JSON,
                    UUID,
                    XML,
                    LTREE,
                    ENUM,
                    ENUM_SET,
                    TSVECTOR,
                    VARIABLE_SCALE_DECIMAL,
                    FLOAT_VECTOR,
                    DOUBLE_VECTOR,
                    SPARSE_VECTOR,
                    POINT,
                    LINE,
                    CIRCLE,
                    GEOMETRY,
                    GEOGRAPHY -> Optional.empty();
        };
    }

    private static Optional<Moment> moment(Kind kind, ToLongFunction<Object> count) {
        return Optional.of(new Moment(kind, count));
    }
}
