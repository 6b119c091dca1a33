package io.sluice.type;

/**
 * Text as the sixteen bytes of a uuid. Accepts what PostgreSQL accepts: digits of either case, hyphens after any group
 * of four digits or none, braces or none. Source: PostgreSQL's documentation, "UUID Type".
 */
final class UuidFormat {
    private static final int BYTES = 16;

    private UuidFormat() {}

    static void write(Object value, RowBuffer out) {
        String text = ((String) value).trim();
        boolean braces = text.length() > 2 && text.charAt(0) == '{' && text.charAt(text.length() - 1) == '}';
        int position = braces ? 1 : 0;
        int end = text.length() - position;
        out.int32(BYTES);
        for (int i = 0; i < BYTES; i++) {
            if (i > 0 && i % 2 == 0 && position < end && text.charAt(position) == '-') {
                position++;
            }
            if (position + 2 > end) {
                throw unfit();
            }
            out.write(digit(text.charAt(position)) << 4 | digit(text.charAt(position + 1)));
            position += 2;
        }
        if (position != end) {
            throw unfit();
        }
    }

    private static int digit(char c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw unfit();
        }
        return digit;
    }

    private static UnfitValueException unfit() {
        return new UnfitValueException("the text is not a UUID", "Correct the producer, or make the column text");
    }
}
