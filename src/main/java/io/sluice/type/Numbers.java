package io.sluice.type;

import io.sluice.record.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Numbers of any Java class as the number that a column holds, exactly or not at all. */
final class Numbers {
    private Numbers() {}

    static boolean isInteger(FieldType field) {
        return field == FieldType.Scalar.INT8
                || field == FieldType.Scalar.INT16
                || field == FieldType.Scalar.INT32
                || field == FieldType.Scalar.INT64
                || field == FieldType.Scalar.INTEGER;
    }

    static boolean isText(FieldType field) {
        return field == FieldType.Scalar.STRING || field == FieldType.Scalar.JSON_STRING;
    }

    /** The number of a value that is one, or the text of one. */
    static Number of(Object value, boolean text) {
        return text ? parse((String) value) : (Number) value;
    }

    private static Number parse(String text) {
        String trimmed = text.trim();
        try {
            return switch (trimmed.toLowerCase(Locale.ROOT)) {
                case "nan" -> Double.NaN;
                case "infinity", "inf", "+infinity", "+inf" -> Double.POSITIVE_INFINITY;
                case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
                default -> new BigDecimal(trimmed);
            };
        } catch (NumberFormatException e) {
            throw new UnfitValueException("the text is not a number", "Correct the producer, or make the column text");
        }
    }

    /** As {@code numeric}, and alike for all numbers that are equal. */
    static void canonical(Number value, RowBuffer out) {
        boolean finite = !(value instanceof Double || value instanceof Float) || Double.isFinite(value.doubleValue());
        if (finite) {
            NumericFormat.write(decimal(value).stripTrailingZeros(), out);
        } else {
            NumericFormat.write(value.doubleValue(), out);
        }
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
        return number;
    }
}
