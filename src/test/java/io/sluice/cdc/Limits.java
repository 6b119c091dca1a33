package io.sluice.cdc;

import static io.sluice.cdc.Limit.comparedAs;
import static io.sluice.cdc.Limit.lost;
import static io.sluice.cdc.Limit.notStreamed;
import static io.sluice.cdc.Limit.sometimesLost;

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
                                comparedAs(
                                        "trim_scale(%s)",
                                        NUMBERS,
                                        "any",
                                        "decimal.handling.mode=precise drops zeros at the end of unbounded numeric"),
                                lost(
                                        NUMBERS,
                                        "any_special",
                                        "decimal.handling.mode=precise makes NaN and infinity null"),
                                lost(NUMBERS, "price_special", "decimal.handling.mode=precise makes NaN null"),
                                notStreamed(
                                        TIMES, "day_special", "time.precision.mode=adaptive makes infinity a far day"),
                                sometimesLost(TIMES, "day_far", "the snapshot reads a year BC as one AD"),
                                comparedAs(
                                        "timezone('UTC', %s)",
                                        TIMES, "zoned_far", "time.precision.mode=adaptive gives timetz in UTC"),
                                sometimesLost(
                                        TIMES, "span_us", "interval.handling.mode=numeric may lose a microsecond"),
                                lost(TIMES, "span_long", "interval.handling.mode=numeric makes days of months"),
                                lost("typed.identities", "length", "PostgreSQL does not stream generated columns")),
                        ofBoth())
                .toList();
    }

    /** With structured temporals and decimals as strings. */
    static List<Limit> ofFlattened() {
        return Stream.concat(
                        Stream.of(
                                lost(TIMES, "clock_end", "time.precision.mode=structured makes 24:00:00 null"),
                                sometimesLost(TIMES, "day_far", "the snapshot reads a year BC as one AD"),
                                lost(
                                        "typed.large",
                                        "days",
                                        "time.precision.mode=structured has no placeholder for arrays of dates")),
                        ofBoth())
                .toList();
    }

    private static Stream<Limit> ofBoth() {
        String json = "the JSON converter reads NaN and infinity as 0, and has no -0";
        String bits = "Debezium drops zeros at the left end of varbit";
        String unchanged = "Debezium has no placeholder for a large and unchanged value of this type and gives null";
        return Stream.of(
                lost(NUMBERS, "single_special", json),
                lost(NUMBERS, "double_special", json),
                lost("typed.texts", "named", "Debezium gives null for name, but in its snapshot"),
                comparedAs("ltrim(%s::text, '0')", "typed.networks", "some_bits", bits),
                comparedAs("ltrim(%s::text, '0')", "typed.large_and_logged", "bits", bits),
                lost("typed.ranges", "many", "Debezium does not stream multiranges"),
                lost("typed.arrays", "grid", "of arrays in arrays Debezium gives nulls"),
                lost("typed.arrays", "moods_null", "an array of an enumeration with a null in it is null in Debezium"),
                lost("typed.time_arrays", "clocks_us", "Debezium cuts elements of time[] to milliseconds"),
                lost("typed.large", "bits", unchanged),
                lost("typed.large", "doubles", unchanged));
    }
}
