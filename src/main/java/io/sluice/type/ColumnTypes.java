package io.sluice.type;

import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which column type a field gets, and which types hold all values of others. */
public final class ColumnTypes {
    /** For each type those that every one of its values can be changed to. */
    private static final Map<String, Set<String>> WIDER = Map.of(
            "int2", Set.of("int4", "int8", "numeric", "float8", "float4", "text"),
            "int4", Set.of("int8", "numeric", "float8", "text"),
            "int8", Set.of("numeric", "text"),
            "float4", Set.of("float8", "text"),
            "float8", Set.of("text"),
            "numeric", Set.of("text"),
            "bool", Set.of("text"),
            "varchar", Set.of("text"));

    private ColumnTypes() {}

    /**
     * The type of a column that is made for the field; empty where nothing is known of the field, because all its
     * values were null so far.
     *
     * <p>JSON's one number type becomes {@code numeric}, which holds each of them exactly.
     */
    public static Optional<String> forField(FieldType field) {
        if (field instanceof FieldType.Decimal) {
            return Optional.of("numeric");
        }
        if (field instanceof FieldType.Structured || field instanceof FieldType.Array) {
            return Optional.of("jsonb");
        }
        if (!(field instanceof Scalar scalar)) {
            return Optional.of("text");
        }
        return switch (scalar) {
            case BOOLEAN -> Optional.of("boolean");
            case INT8, INT16 -> Optional.of("smallint");
            case INT32 -> Optional.of("integer");
            case INT64 -> Optional.of("bigint");
            case FLOAT32 -> Optional.of("real");
            case FLOAT64 -> Optional.of("double precision");
            case STRING, JSON_STRING -> Optional.of("text");
            case BYTES -> Optional.of("bytea");
            case DATE -> Optional.of("date");
            case TIME -> Optional.of("time");
            case TIMESTAMP -> Optional.of("timestamp");
            case INTEGER, NUMBER -> Optional.of("numeric");
            case DOCUMENT -> Optional.of("jsonb");
            case NULL -> Optional.empty();
        };
    }

    /** The type of a key column that is made for the field: an integer of JSON is an identifier there, not an amount. */
    public static Optional<String> forKey(FieldType field) {
        return field == Scalar.INTEGER ? Optional.of("bigint") : forField(field);
    }

    /**
     * The type that a column has to be changed to so that it holds the field's values; empty where it holds them
     * already, or where no type holds both these and the column's own.
     */
    public static Optional<String> widened(FieldType field, PgType column) {
        Set<String> wider = column.builtIn() ? WIDER.getOrDefault(column.name(), Set.of()) : Set.of();
        return wanted(field, column.name()).stream().filter(wider::contains).findFirst();
    }

    /** The types that would hold the field's values, the narrowest first; none where the column's type does. */
    private static List<String> wanted(FieldType field, String column) {
        if (field == Scalar.INTEGER || field == Scalar.NUMBER) {
            // An integer of JSON is a number like any other: it does not make a bigint column too narrow.
            return otherThan(column, "bool");
        }
        if (field instanceof FieldType.Decimal) {
            return isOf(column, "numeric", "float8", "text") ? List.of() : List.of("numeric", "text");
        }
        if (field instanceof FieldType.Structured || field instanceof FieldType.Array || field == Scalar.DOCUMENT) {
            return isOf(column, "jsonb", "json", "text") ? List.of() : List.of("text");
        }
        if (!(field instanceof Scalar scalar)) {
            return List.of();
        }
        return switch (scalar) {
            case INT32 -> isOf(column, "int2") ? List.of("int4") : otherThan(column, "bool");
            case INT64 -> isOf(column, "int2", "int4") ? List.of("int8") : otherThan(column, "bool");
            case FLOAT64 -> isOf(column, "float4", "int2", "int4") ? List.of("float8") : otherThan(column, "bool");
            case BOOLEAN -> isOf(column, "bool", "text", "varchar", "jsonb") ? List.of() : List.of("text");
            // Text may well be meant for a uuid or a date; only where it cannot be does the column become text.
            case STRING, JSON_STRING ->
                isOf(column, "int2", "int4", "int8", "float4", "float8", "numeric", "bool", "varchar")
                        ? List.of("text")
                        : List.of();
            case INT8, INT16, FLOAT32 -> otherThan(column, "bool");
            case BYTES, DATE, TIME, TIMESTAMP, INTEGER, NUMBER, DOCUMENT, NULL -> List.of();
        };
    }

    private static List<String> otherThan(String column, String unfit) {
        return column.equals(unfit) ? List.of("text") : List.of();
    }

    private static boolean isOf(String column, String... types) {
        return List.of(types).contains(column);
    }
}
