package io.sluice.type;

import io.sluice.record.FieldType;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Bindings of key columns. Rows of one key are found by the bytes of their keys, so values that PostgreSQL holds for
 * equal have to be written alike: 1.0 and 1.00 as {@code numeric}, 1.001 and 1.002 as {@code numeric(10, 2)}, minus zero
 * and zero, and {@code char} with and without blanks at its end.
 */
public final class KeyBindings {
    /** Types whose values are equal just when their bytes are. */
    private static final Set<String> EXACT = Set.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "uuid",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "bit",
            "varbit",
            "text",
            "varchar",
            "name",
            "bytea");

    private static final int MICRO_DIGITS = 6;

    private final ColumnBindings bindings;

    public KeyBindings(ColumnBindings bindings) {
        this.bindings = bindings;
    }

    /** The binding; empty where the column can hold no value of that field. */
    public Optional<ColumnBinding> find(FieldType field, PgType column) {
        return bindings.find(field, column).map(binding -> canonical(binding, field, column));
    }

    /**
     * The form of texts whose binary values are equal just when PostgreSQL holds the texts for equal, where that is not so of
     * all texts; empty where there is none.
     */
    public Optional<CommonForm> commonForm(FieldType field, PgType column) {
        return rounds(column) ? Optional.empty() : bindings.commonForm(field, column);
    }

    private static ColumnBinding canonical(ColumnBinding binding, FieldType field, PgType column) {
        if (!column.bytewise()) {
            return binding;
        }
        if (!column.builtIn()) {
            // The label of an enumeration has no other spelling.
            return binding.asExact();
        }
        if (binding.cast() || rounds(column)) {
            return binding;
        }
        if ("varchar".equals(column.name()) && column.limited()) {
            return exact("text", (value, out) -> binding.codec().write(cut(value, column.length()), out));
        }
        if (EXACT.contains(column.name())) {
            return binding.asExact();
        }
        Optional<Function<Object, Number>> number = Numbers.of(field);
        return switch (column.name()) {
            case "numeric" ->
                number.map(of -> exact(
                                "numeric", (value, out) -> Numbers.canonical(of.apply(value), scale(column), out)))
                        .orElse(binding);
            // To add zero makes minus zero zero.
            case "float4" ->
                number.map(of -> exact(
                                "float4",
                                (value, out) ->
                                        out.int32Field(Float.floatToIntBits(Numbers.single(of.apply(value)) + 0.0f))))
                        .orElse(binding);
            case "float8" ->
                number.map(of -> exact(
                                "float8",
                                (value, out) -> out.int64Field(
                                        Double.doubleToLongBits(Numbers.floating(of.apply(value)) + 0.0))))
                        .orElse(binding);
            case "bpchar" -> exact("text", (value, out) -> binding.codec().write(unpadded(value), out));
            default -> binding;
        };
    }

    /** Whether the column makes equal what was not: {@code timestamp(0)} takes 1.1 and 1.2 seconds for one. */
    private static boolean rounds(PgType column) {
        return switch (column.name()) {
            case "time", "timetz", "timestamp", "timestamptz" -> column.limited() && column.modifier() < MICRO_DIGITS;
            default -> false;
        };
    }

    /** To how many digits after the point the column rounds. */
    private static int scale(PgType column) {
        return column.limited() ? column.scale() : Integer.MAX_VALUE;
    }

    private static ColumnBinding exact(String wireType, ColumnCodec codec) {
        return ColumnBinding.direct(wireType, codec).asExact();
    }

    /** The text without blanks at its end that the column has no room for, which PostgreSQL leaves out. */
    private static Object cut(Object value, int length) {
        if (!(value instanceof String text) || text.codePointCount(0, text.length()) <= length) {
            return value;
        }
        int end = text.length();
        int least = text.offsetByCodePoints(0, length);
        while (end > least && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static Object unpadded(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
