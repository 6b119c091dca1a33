package io.sluice.type;

import io.sluice.record.FieldType;
import io.sluice.record.SemanticType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Numbers of any Java class as the number that a column holds, exactly or not at all. */
final class Numbers {
    private static final int LONGEST_WORD = 17;
    private static final int MOST_CHARACTERS = 150_000;
    /** More zeros than these are written as an exponent where the form of the text is free. */
    private static final int MAX_ZEROS = 1_000;

    private Numbers() {}

    static boolean isInteger(FieldType field) {
        return field == FieldType.Scalar.INT8
                || field == FieldType.Scalar.INT16
                || field == FieldType.Scalar.INT32
                || field == FieldType.Scalar.INT64
                || field == FieldType.Scalar.INTEGER
                || field == SemanticType.YEAR;
    }

    /** Whether the field's values are strings. */
    static boolean isText(FieldType field) {
        return field == FieldType.Scalar.STRING
                || field == FieldType.Scalar.JSON_STRING
                || (field instanceof SemanticType semantic && semantic.kind() == Schema.Type.STRING);
    }

    /** Values as the numbers that they are, or whose text they are; empty where they are neither. */
    static Optional<Function<Object, Number>> of(FieldType field) {
        if (isText(field)) {
            return Optional.of(value -> parse((String) value));
        }
        if (field == FieldType.Scalar.BOOLEAN) {
            return Optional.of(value -> (Boolean) value ? 1 : 0);
        }
        if (field == SemanticType.VARIABLE_SCALE_DECIMAL) {
            return Optional.of(Numbers::variableScale);
        }
        if (field == SemanticType.EPOCH_MICROS || field == SemanticType.EPOCH_NANOS) {
            return Optional.of(Epoch::number);
        }
        return isNumber(field) || isCount(field) ? Optional.of(value -> (Number) value) : Optional.empty();
    }

    /** Whether the field's values are dates, times or intervals as whole numbers. */
    private static boolean isCount(FieldType field) {
        return field instanceof SemanticType semantic
                && (semantic.kind() == Schema.Type.INT32 || semantic.kind() == Schema.Type.INT64);
    }

    /** The same for columns that know a minus zero. */
    static Optional<Function<Object, Number>> signed(FieldType field) {
        if (!isText(field)) {
            return of(field);
        }
        return Optional.of(value -> {
            Number number = parse((String) value);
            boolean minus = ((String) value).trim().startsWith("-");
            return minus && number instanceof BigDecimal decimal && decimal.signum() == 0 ? (Number) (-0.0) : number;
        });
    }

    /** Whether the field's values are Java's numbers. */
    static boolean isNumber(FieldType field) {
        return isInteger(field)
                || field == FieldType.Scalar.FLOAT32
                || field == FieldType.Scalar.FLOAT64
                || field == FieldType.Scalar.NUMBER
                || field instanceof FieldType.Decimal;
    }

    private static Number variableScale(Object value) {
        Struct struct = (Struct) value;
        BigInteger unscaled = new BigInteger(Bytes.of(struct.get("value")));
        return new BigDecimal(unscaled, (Integer) struct.get("scale"));
    }

    private static Number parse(String text) {
        String trimmed = text.trim();
        try {
            return switch (trimmed.length() > LONGEST_WORD ? "" : trimmed.toLowerCase(Locale.ROOT)) {
                case "nan" -> Double.NaN;
                // Debezium spells them out where it gives decimals as strings.
                case "infinity", "inf", "+infinity", "+inf", "positive_infinity" -> Double.POSITIVE_INFINITY;
                case "-infinity", "-inf", "negative_infinity" -> Double.NEGATIVE_INFINITY;
                default -> new BigDecimal(bounded(trimmed));
            };
        } catch (NumberFormatException e) {
            throw new UnfitValueException("the text is not a number", "Correct the producer, or make the column text");
        }
    }

    /** To parse a text takes time that grows with the square of its length, and no column holds so many digits. */
    private static String bounded(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new NumberFormatException("too long");
        }
        return text;
    }

    /** All digits of a decimal, without an exponent. */
    static String plain(BigDecimal decimal) {
        requireDigits(decimal);
        return decimal.toPlainString();
    }

    /** A decimal as JSON has it: all digits, and an exponent only in place of more than a thousand zeros. */
    static String json(BigDecimal decimal) {
        requireDigits(decimal);
        int zeros = decimal.scale() < 0 ? -decimal.scale() : decimal.scale() - decimal.precision();
        return zeros > MAX_ZEROS ? decimal.toString() : decimal.toPlainString();
    }

    private static void requireDigits(BigDecimal decimal) {
        if (Math.abs((long) decimal.scale()) > MOST_CHARACTERS) {
            throw new UnfitValueException("the number has more digits than any column holds", "Correct the producer");
        }
    }

    /**
     * As {@code numeric}, and alike for all numbers that are equal once a column has rounded them.
     *
     * @param scale the digits after the point that the column keeps
     */
    static void canonical(Number value, int scale, RowBuffer out) {
        boolean finite = !(value instanceof Double || value instanceof Float) || Double.isFinite(value.doubleValue());
        if (finite) {
            BigDecimal decimal = decimal(value);
            // Of whole numbers the format leaves zeros out itself, and it takes no division for each of them.
            BigDecimal shortest = decimal.scale() <= 0 ? decimal : decimal.stripTrailingZeros();
            NumericFormat.write(rounded(shortest, scale), out);
        } else {
            NumericFormat.write(value.doubleValue(), out);
        }
    }

    /** As PostgreSQL rounds: halves away from zero. What has more digits than it takes is left for it to refuse. */
    private static BigDecimal rounded(BigDecimal decimal, int scale) {
        return decimal.scale() > scale && decimal.scale() <= NumericFormat.MOST_SCALE
                ? decimal.setScale(scale, RoundingMode.HALF_UP).stripTrailingZeros()
                : decimal;
    }

    /** The integer between the bounds. */
    static long integer(Number value, long least, long most) {
        long integer;
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            integer = value.longValue();
        } else {
            try {
                integer = decimal(value).longValueExact();
            } catch (ArithmeticException e) {
                throw new UnfitValueException(
                        "the number is not an integer, or too large for one",
                        "Change the column's type to numeric, or correct the producer");
            }
        }
        if (integer < least || integer > most) {
            throw new UnfitValueException(
                    "the number is out of the column's range", "Make the column's type wider, or correct the producer");
        }
        return integer;
    }

    /** The truth of a boolean's number, which is 1 or 0. */
    static boolean flag(Number value) {
        long flag = integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
        if (flag != 0 && flag != 1) {
            throw new UnfitValueException(
                    "the number is neither 0 nor 1, and so no boolean",
                    "Change the column's type to smallint, or correct the producer");
        }
        return flag == 1;
    }

    /**
     * The decimal of the same value.
     *
     * @throws UnfitValueException where it is NaN or infinite
     */
    static BigDecimal decimal(Number value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = value.doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new UnfitValueException(
                        "the number is NaN or infinite, which the column's type has no place for",
                        "Change the column's type to double precision, or correct the producer");
            }
            return value instanceof Float ? new BigDecimal(value.toString()) : BigDecimal.valueOf(number);
        }
        return BigDecimal.valueOf(value.longValue());
    }

    static void numeric(Number value, RowBuffer out) {
        if (value instanceof Double number) {
            NumericFormat.write(number, out);
        } else if (value instanceof Float number && !Float.isFinite(number)) {
            NumericFormat.write(number.doubleValue(), out);
        } else {
            NumericFormat.write(decimal(value), out);
        }
    }

    /** The double of the same value; an integer that a double cannot hold does not fit. */
    static double floating(Number value) {
        double number = value.doubleValue();
        boolean integral = value instanceof Long || value instanceof BigInteger;
        if (integral && new BigDecimal(number).compareTo(decimal(value)) != 0) {
            throw new UnfitValueException(
                    "the integer has more digits than double precision holds", "Change the column's type to numeric");
        }
        if (value instanceof BigDecimal decimal
                && (Double.isInfinite(number) || (number == 0 && decimal.signum() != 0))) {
            throw outOfRange();
        }
        return number;
    }

    /** The nearest float; as to PostgreSQL, a number that would become infinite or zero does not fit. */
    static float single(Number value) {
        if (value instanceof Float number) {
            return number;
        }
        double number = floating(value);
        float single = (float) number;
        if ((Float.isInfinite(single) && !Double.isInfinite(number)) || (single == 0 && number != 0)) {
            throw outOfRange();
        }
        return single;
    }

    private static UnfitValueException outOfRange() {
        return new UnfitValueException(
                "the number is out of the column's range",
                "Change the column's type to numeric, or correct the producer");
    }
}
