package io.sluice.type;

import io.sluice.record.FieldType;
import java.util.Optional;
import java.util.Set;

/**
 * Bindings of key columns. Rows of one key are found by the bytes of their keys, so values that PostgreSQL holds for
 * equal have to be written alike: 1.0 and 1.00 as {@code numeric}, minus zero and zero, and {@code char} with and without
 * blanks at its end.
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
            "timestamp",
            "timestamptz",
            "text",
            "varchar",
            "name",
            "bytea");

    private final ColumnBindings bindings;

    public KeyBindings(ColumnBindings bindings) {
        this.bindings = bindings;
    }

    /** The binding; empty where the column can hold no value of that field. */
    public Optional<ColumnBinding> find(FieldType field, PgType column) {
        return bindings.find(field, column).map(binding -> canonical(binding, field, column));
    }

    private static ColumnBinding canonical(ColumnBinding binding, FieldType field, PgType column) {
        if (binding.cast() || !column.builtIn() || rounds(field, column)) {
            return binding;
        }
        if (EXACT.contains(column.name())) {
            return binding.asExact();
        }
        boolean text = Numbers.isText(field);
        return switch (column.name()) {
            case "numeric" -> exact("numeric", (value, out) -> Numbers.canonical(Numbers.of(value, text), out));
            case "float4" ->
                exact(
                        "float4",
                        (value, out) -> out.int32Field(
                                Float.floatToIntBits((float) Numbers.floating(Numbers.of(value, text)) + 0.0f)));
            case "float8" ->
                exact(
                        "float8",
                        (value, out) -> out.int64Field(
                                Double.doubleToLongBits(Numbers.floating(Numbers.of(value, text)) + 0.0)));
            case "bpchar" -> exact("text", (value, out) -> binding.codec().write(unpadded(value), out));
            default -> binding;
        };
    }

    /** Whether the column makes equal what was not: {@code numeric(10, 2)} takes 1.001 and 1.002 for one number. */
    private static boolean rounds(FieldType field, PgType column) {
        return switch (column.name()) {
            case "numeric" -> column.limited() && !Numbers.isInteger(field);
            case "time", "timestamp", "timestamptz" -> column.limited();
            default -> false;
        };
    }

    private static ColumnBinding exact(String wireType, ColumnCodec codec) {
        return ColumnBinding.direct(wireType, codec).asExact();
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
