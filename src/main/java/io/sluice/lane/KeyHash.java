package io.sluice.lane;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of key values that are equal for whatever one column may hold as equal: 1, 1.0 and "1.00" as {@code numeric},
 * "A" and "a" as {@code citext}, "a" and "a  " as {@code char(3)}, a {@code uuid} with and without hyphens. What a column
 * tells apart may well have one hash: then it shares a lane, and nothing else happens.
 */
final class KeyHash {
    /** The longest text that is looked at as a number: no column holds more digits of it apart than a double does. */
    private static final int LONGEST_NUMBER = 40;

    private KeyHash() {}

    static int of(@Nullable Object value) {
        if (value instanceof String text) {
            return isNumber(text) ? ofDouble(asDouble(text)) : ofText(text);
        }
        if (value instanceof Double || value instanceof Float) {
            return ofDouble(((Number) value).doubleValue());
        }
        if (value instanceof BigDecimal decimal) {
            return ofDouble(decimal.doubleValue());
        }
        if (value instanceof Number number) {
            return ofDouble((double) number.longValue());
        }
        if (value instanceof byte[] bytes) {
            return Arrays.hashCode(bytes);
        }
        return value == null ? 0 : value.hashCode();
    }

    /** Zero and minus zero are one. */
    private static int ofDouble(double number) {
        return Double.hashCode(number + 0.0);
    }

    /** Letters and digits count, in lower case. */
    private static int ofText(String text) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                hash = 31 * hash + Character.toLowerCase(Character.toUpperCase(c));
            }
        }
        return hash;
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && " +-.eE".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static double asDouble(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return ofText(text);
        }
    }
}
