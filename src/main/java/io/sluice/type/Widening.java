package io.sluice.type;

import io.sluice.record.ColumnHint;
import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.SemanticType;
import java.util.Optional;

/** Which type a column has to be changed to so that it holds a field's values as well as its own. */
public final class Widening {
    private Widening() {}

    /**
     * The wider type, as text of SQL; empty where the column holds the field's values already, or where no type holds
     * both these and the column's own.
     */
    public static Optional<String> find(FieldType field, ColumnHint hint, PgType column) {
        if (!column.builtIn() || column.domain() || column.elementType().isPresent()) {
            return Optional.empty();
        }
        return switch (column.name()) {
            case "bool" -> field == Scalar.BOOLEAN || isEmpty(field) ? Optional.empty() : Optional.of("text");
            case "int2", "int4", "int8" -> ofInteger(field, digits(column.name()));
            case "float4" -> field == Scalar.FLOAT64 ? Optional.of("double precision") : ofNumber(field);
            case "float8" -> ofNumber(field);
            case "numeric" -> needsDigits(field, column) ? Optional.of("numeric") : ofNumber(field);
            case "varchar" -> ofText(field, hint, column);
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofInteger(FieldType field, int digits) {
        if (field == Scalar.FLOAT32 || field == Scalar.FLOAT64) {
            // Double precision holds no more than fifteen digits of an integer.
            return Optional.of(digits <= digits(Scalar.INT32) ? "double precision" : "numeric");
        }
        if (field instanceof FieldType.Decimal || field == SemanticType.VARIABLE_SCALE_DECIMAL) {
            return Optional.of("numeric");
        }
        int wanted = digits(field);
        if (wanted > digits) {
            return Optional.of(wanted > digits(Scalar.INT32) ? "bigint" : "integer");
        }
        return ofNumber(field);
    }

    /**
     * Text may well be meant for a uuid or a date; only where it cannot be does the column become text. An integer of
     * JSON is a number like any other: it makes no column of numbers too narrow.
     */
    private static Optional<String> ofNumber(FieldType field) {
        boolean fits = Numbers.isNumber(field) || field == SemanticType.VARIABLE_SCALE_DECIMAL || isEmpty(field);
        boolean convertible = Numbers.isText(field)
                || field == Scalar.BOOLEAN
                || field == Scalar.DOCUMENT
                || field instanceof FieldType.Structured
                || field instanceof FieldType.Array;
        return !fits && convertible ? Optional.of("text") : Optional.empty();
    }

    private static boolean needsDigits(FieldType field, PgType column) {
        if (!column.limited()) {
            return false;
        }
        if (field instanceof FieldType.Decimal decimal) {
            int integral = decimal.precision() - decimal.scale();
            return decimal.scale() > column.scale()
                    || (decimal.precision() > 0 && integral > column.precision() - column.scale());
        }
        return field == SemanticType.VARIABLE_SCALE_DECIMAL || digits(field) > column.precision() - column.scale();
    }

    private static Optional<String> ofText(FieldType field, ColumnHint hint, PgType column) {
        if (!column.limited() || isEmpty(field)) {
            return Optional.empty();
        }
        if (field == Scalar.STRING && hint.type().contains("CHAR") && hint.length() > 0) {
            return hint.length() > column.length()
                    ? new SourceTypes(ExtensionTypes.NONE).find(field, hint).filter(type -> type.startsWith("varchar"))
                    : Optional.empty();
        }
        return Optional.of("text");
    }

    private static boolean isEmpty(FieldType field) {
        return field == Scalar.NULL;
    }

    private static int digits(String type) {
        return digits("int2".equals(type) ? Scalar.INT16 : "int4".equals(type) ? Scalar.INT32 : Scalar.INT64);
    }

    /** The most digits of integers of that type; none of those whose size is not known. */
    private static int digits(FieldType field) {
        if (field == Scalar.INT16) {
            return 5;
        }
        if (field == Scalar.INT32 || field == SemanticType.YEAR) {
            return 10;
        }
        return field == Scalar.INT64 ? 19 : 0;
    }
}
