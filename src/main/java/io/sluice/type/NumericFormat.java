package io.sluice.type;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The binary form of {@code numeric}: int16 number of digits, weight, sign and display scale, then digits of base 10,000.
 * Source: {@code numeric_send} in PostgreSQL's src/backend/utils/adt/numeric.c.
 */
final class NumericFormat {
    private static final int BASE_DIGITS = 4;
    private static final int BASE = 10_000;
    private static final int LONG_DIGITS = 18;
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1000};
    private static final int HEAD_WORDS = 4;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int POSITIVE_INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;
    /** The most digits after the point. */
    static final int MOST_SCALE = 16383;

    private NumericFormat() {}

    static void write(BigDecimal number, RowBuffer out) {
        BigDecimal value = number.signum() == 0 && number.scale() < 0 ? BigDecimal.ZERO : number;
        if (value.scale() > MOST_SCALE || value.precision() - (long) value.scale() > 131_072) {
            throw new UnfitValueException(
                    "the number has more digits than numeric can hold", "Round it in the producer");
        }
        int fraction = Math.floorMod(-value.scale(), BASE_DIGITS);
        if (value.scale() >= 0 && value.precision() + fraction <= LONG_DIGITS) {
            writeShort(value, fraction, out);
        } else if (value.scale() < 0 && value.precision() - value.scale() <= LONG_DIGITS) {
            writeShort(value.setScale(0), 0, out);
        } else {
            writeLong(value, out);
        }
    }

    /** A number whose digits a {@code long} holds. */
    private static void writeShort(BigDecimal value, int fraction, RowBuffer out) {
        int scale = value.scale();
        // For a number that is kept as a long, this makes no BigInteger of it.
        long unscaled = value.scaleByPowerOfTen(scale).longValue();
        long digits = Math.abs(unscaled) * POWERS_OF_TEN[fraction];
        int groups = 1;
        for (long rest = digits; rest >= BASE; rest /= BASE) {
            groups++;
        }
        head(groups, groups - (scale + fraction) / BASE_DIGITS - 1, unscaled < 0 ? NEGATIVE : 0, scale, out);
        digits(digits, out);
    }

    private static void digits(long digits, RowBuffer out) {
        if (digits >= BASE) {
            digits(digits / BASE, out);
        }
        out.int16((int) (digits % BASE));
    }

    /**
     * A number of any length. Zeros at its end are left out, as PostgreSQL leaves them out: a number of a few bytes may have
     * 131,072 of them.
     */
    private static void writeLong(BigDecimal value, RowBuffer out) {
        int scale = value.scale();
        BigInteger unscaled = value.unscaledValue();
        String digits = unscaled.abs().toString();
        // Digits are grouped by four to both sides of the decimal point.
        int fraction = Math.floorMod(-scale, BASE_DIGITS);
        String padded = digits + "0".repeat(fraction);
        int fractionGroups = (scale + fraction) / BASE_DIGITS;
        int lead = Math.floorMod(-padded.length(), BASE_DIGITS);
        padded = "0".repeat(lead) + padded;
        int weight = padded.length() / BASE_DIGITS - fractionGroups - 1;
        int end = padded.length();
        while (end > BASE_DIGITS && padded.startsWith("0000", end - BASE_DIGITS)) {
            end -= BASE_DIGITS;
        }
        head(end / BASE_DIGITS, weight, unscaled.signum() < 0 ? NEGATIVE : 0, Math.max(scale, 0), out);
        for (int i = 0; i < end; i += BASE_DIGITS) {
            out.int16(Integer.parseInt(padded, i, i + BASE_DIGITS, 10));
        }
    }

    private static void head(int groups, int weight, int sign, int scale, RowBuffer out) {
        out.int32((HEAD_WORDS + groups) * Short.BYTES);
        out.int16(groups);
        out.int16(weight);
        out.int16(sign);
        out.int16(scale);
    }

    /** The shortest decimal that is the same double, or one of the values that no decimal is. */
    static void write(double value, RowBuffer out) {
        if (Double.isNaN(value)) {
            special(NAN, out);
        } else if (Double.isInfinite(value)) {
            special(value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY, out);
        } else {
            write(BigDecimal.valueOf(value), out);
        }
    }

    private static void special(int sign, RowBuffer out) {
        head(0, 0, sign, 0, out);
    }
}
