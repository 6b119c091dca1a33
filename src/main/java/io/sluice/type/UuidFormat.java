package io.sluice.type;

/**
 * Text as the sixteen bytes of a uuid. Accepts what PostgreSQL accepts: digits of either case, hyphens after any group
 * of four digits or none, braces or none. Source: PostgreSQL's documentation, "UUID Type".
 */
final class UuidFormat {
    private static final int BYTES = 16;
    private static final int GROUPS = 8;
    private static final int GROUP_DIGITS = 4;
    /** The value of each ASCII character as a digit; -1 where it is none. */
    private static final byte[] DIGITS = digits();

    private UuidFormat() {}

    static void write(Object value, RowBuffer out) {
        String text = ((String) value).trim();
        boolean braces = text.length() > 2 && text.charAt(0) == '{' && text.charAt(text.length() - 1) == '}';
        int position = braces ? 1 : 0;
        int end = text.length() - position;
        out.int32(BYTES);
        for (int group = 0; group < GROUPS; group++) {
            if (group > 0 && position < end && text.charAt(position) == '-') {
                position++;
            }
            if (position + GROUP_DIGITS > end) {
                throw unfit();
            }
            out.int16(group(text, position));
            position += GROUP_DIGITS;
        }
        if (position != end) {
            throw unfit();
        }
    }

    private static int group(String text, int from) {
        int group = digit(text.charAt(from)) << 12
                | digit(text.charAt(from + 1)) << 8
                | digit(text.charAt(from + 2)) << 4
                | digit(text.charAt(from + 3));
        if (group < 0) {
            throw unfit();
        }
        return group;
    }

    /** Negative where the character is no digit. */
    private static int digit(char c) {
        return c < DIGITS.length ? DIGITS[c] : -1;
    }

    private static byte[] digits() {
        byte[] digits = new byte[0x80];
        for (char c = 0; c < digits.length; c++) {
            digits[c] = (byte) Character.digit(c, 16);
        }
        return digits;
    }

    private static UnfitValueException unfit() {
        return new UnfitValueException("the text is not a UUID", "Correct the producer, or make the column text");
    }
}
