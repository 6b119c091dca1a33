package io.sluice.type;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JSON text on its way into a row. Good for one value. */
final class JsonOutput {
    /** As deep as the stack of a lane allows with ease. */
    static final int MOST_LEVELS = 1_000;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final RowBuffer row;
    private final TextRule rule;
    private int depth;

    JsonOutput(RowBuffer row, TextRule rule) {
        this.row = row;
        this.rule = rule;
    }

    /** Starts an object or an array. */
    void open(char bracket) {
        if (++depth > MOST_LEVELS) {
            throw new UnfitValueException(
                    "the value is nested more than " + MOST_LEVELS + " levels deep", "Flatten it in the producer");
        }
        row.write(bracket);
    }

    void close(char bracket) {
        depth--;
        row.write(bracket);
    }

    void symbol(char symbol) {
        row.write(symbol);
    }

    /** Text that is JSON already. */
    void raw(String json) {
        row.utf8(json);
    }

    void base64(byte[] bytes) {
        RowBuffer.requireRoom(bytes.length / 3 * 4L);
        row.write('"');
        byte[] encoded = Base64.getEncoder().encode(bytes);
        row.write(encoded, 0, encoded.length);
        row.write('"');
    }

    /** A string in quotes. */
    void string(String value) {
        String text = rule.clean(value);
        row.write('"');
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || (c < ' ' && c != 0)) {
                row.utf8(text, run, i);
                escape(c);
                run = i + 1;
            }
        }
        row.utf8(text, run, text.length());
        row.write('"');
    }

    private void escape(char c) {
        row.write('\\');
        switch (c) {
            case '"', '\\' -> row.write(c);
            case '\n' -> row.write('n');
            case '\r' -> row.write('r');
            case '\t' -> row.write('t');
            case '\b' -> row.write('b');
            case '\f' -> row.write('f');
            default -> {
                row.utf8("u00");
                row.write(HEX[c >> 4]);
                row.write(HEX[c & 15]);
            }
        }
    }
}
