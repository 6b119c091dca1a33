package io.sluice.cdc;

import static io.sluice.cdc.Limit.lost;
import static io.sluice.cdc.Limit.notStreamed;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is lost before it reaches a topic, in Debezium 3.7.0 or in Kafka's JSON converter. No sink can bring it back. The
 * test says when one of these is no more.
 */
final class Limits {

    private static final String NUMBERS = "typed.numbers";
    private static final String TIMES = "typed.times";

    private Limits() {}

    /** With Debezium's own defaults. */
    static List<Limit> ofEnvelopes() {
        return Stream.concat(
                        Stream.of(
                                new Limit(
                                        NUMBERS,
                                        "any",
                                        "trim_scale(%s)",
                                        "decimal.handling.mode=precise drops zeros at the end of unbounded numeric"),
                                lost(
                                        NUMBERS,
                                        "any_special",
                                        "decimal.handling.mode=precise makes NaN and infinity null"),
                                lost(NUMBERS, "price_special", "decimal.handling.mode=precise makes NaN null"),
                                notStreamed(
                                        TIMES, "day_special", "time.precision.mode=adaptive makes infinity a far day"),
                                lost(TIMES, "day_far", "the snapshot reads a year BC as one AD"),
                                new Limit(
                                        TIMES,
                                        "zoned_far",
                                        "timezone('UTC', %s)",
                                        "time.precision.mode=adaptive gives timetz in UTC"),
                                lost(TIMES, "span_long", "interval.handling.mode=numeric makes days of months")),
                        ofBoth())
                .toList();
    }

    /** With structured temporals and decimals as strings. */
    static List<Limit> ofFlattened() {
        return Stream.concat(
                        Stream.of(
                                lost(TIMES, "clock_end", "time.precision.mode=structured makes 24:00:00 null"),
                                lost(TIMES, "day_far", "the snapshot reads a year BC as one AD")),
                        ofBoth())
                .toList();
    }

    private static Stream<Limit> ofBoth() {
        String json = "the JSON converter writes NaN and infinity as strings, and reads strings as 0";
        String grid = "of arrays in arrays Debezium gives nulls";
        String unchanged = "of arrays of this type Debezium gives null when they are large and unchanged";
        return Stream.of(
                lost(NUMBERS, "single_special", json),
                lost(NUMBERS, "double_special", json),
                lost("typed.texts", "named", "Debezium gives null for name, but in its snapshot"),
                new Limit("typed.networks", "some_bits", "ltrim(%s::text, '0')", "Debezium drops zeros of varbit"),
                lost("typed.ranges", "many", "Debezium does not stream multiranges"),
                lost("typed.arrays", "grid", grid),
                lost("typed.large", "doubles", unchanged),
                lost("typed.identities", "length", "PostgreSQL does not stream generated columns"));
    }
}
