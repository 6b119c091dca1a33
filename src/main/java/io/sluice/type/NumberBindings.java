package io.sluice.type;

import io.sluice.record.FieldType;
import java.util.Optional;
import java.util.function.Function;

/**
 * Bindings of columns that hold numbers. Where the field's values are Java's numbers the codec takes them as they are;
 * all other values are made numbers of first.
 */
final class NumberBindings {
    private NumberBindings() {}

    /** Of an {@code int2}, {@code int4} or {@code int8}; empty where the values are no numbers. */
    static Optional<ColumnBinding> integer(String type, FieldType field) {
        ColumnCodec codec = switch (type) {
            case "int2" ->
                (value, out) -> out.int16Field((int) Numbers.integer((Number) value, Short.MIN_VALUE, Short.MAX_VALUE));
            case "int4" -> NumberBindings::int4;
            default -> NumberBindings::int8;
        };
        return binding(type, field, Numbers.of(field), codec);
    }

    /** Of a {@code float4} or {@code float8}; empty where the values are no numbers. */
    static Optional<ColumnBinding> floating(String type, FieldType field) {
        ColumnCodec codec = "float4".equals(type)
                ? (value, out) -> out.int32Field(Float.floatToIntBits(Numbers.single((Number) value)))
                : NumberBindings::float8;
        return binding(type, field, Numbers.signed(field), codec);
    }

    /** Of a {@code numeric}; empty where the values are no numbers. */
    static Optional<ColumnBinding> numeric(FieldType field) {
        return binding("numeric", field, Numbers.of(field), (value, out) -> Numbers.numeric((Number) value, out));
    }

    private static Optional<ColumnBinding> binding(
            String type, FieldType field, Optional<Function<Object, Number>> numbers, ColumnCodec codec) {
        return numbers.map(number -> ColumnBinding.direct(
                type, Numbers.isNumber(field) ? codec : (value, out) -> codec.write(number.apply(value), out)));
    }

    private static void int4(Object value, RowBuffer out) {
        out.int32Field(
                value instanceof Integer number
                        ? number
                        : (int) Numbers.integer((Number) value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private static void int8(Object value, RowBuffer out) {
        out.int64Field(
                value instanceof Long number
                        ? number
                        : Numbers.integer((Number) value, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static void float8(Object value, RowBuffer out) {
        double number = value instanceof Double floating ? floating : Numbers.floating((Number) value);
        out.int64Field(Double.doubleToLongBits(number));
    }
}
