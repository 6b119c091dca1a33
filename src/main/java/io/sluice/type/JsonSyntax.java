package io.sluice.type;

import java.util.BitSet;

/**
 * Checks JSON text by the grammar of RFC 8259 and what PostgreSQL asks beyond it, so that a bad text is found before
 * PostgreSQL sees it. Iterative: no depth of nesting exhausts the stack.
 */
final class JsonSyntax {
    /** Deeper texts may exhaust the stack of PostgreSQL, whose default of 2 MB is enough for twice as many levels. */
    static final int MOST_LEVELS = 5_000;

    private final String text;
    private int position;
    private boolean holdsNul;
    private boolean holdsHalfPair;

    private JsonSyntax(String text) {
        this.text = text;
    }

    /** What {@code jsonb} refuses and {@code json} takes. */
    enum Flaw {
        NONE,
        /** The escape of U+0000. */
        NUL,
        /** The escape of half a surrogate pair. */
        HALF_PAIR
    }

    /**
     * Checks that the text is one JSON value.
     *
     * @throws UnfitValueException where it is not, or is nested too deeply
     */
    static Flaw check(String text) {
        JsonSyntax syntax = new JsonSyntax(text);
        try {
            syntax.value();
        } catch (StringIndexOutOfBoundsException e) {
            throw malformed();
        }
        return syntax.holdsHalfPair ? Flaw.HALF_PAIR : syntax.holdsNul ? Flaw.NUL : Flaw.NONE;
    }

    /** The text with every escape of U+0000 replaced. */
    static String withoutNul(String text, String replacement) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                clean.append(c);
            } else if (text.startsWith("u0000", i + 1)) {
                clean.append(replacement);
                i += 5;
            } else {
                // The character behind a backslash starts no other escape.
                clean.append(c).append(text.charAt(++i));
            }
        }
        return clean.toString();
    }

    /** One value and nothing behind it. Which brackets are open is noted bit by bit: one for an object. */
    private void value() {
        BitSet objects = new BitSet();
        int depth = 0;
        while (true) {
            skipSpace();
            char c = text.charAt(position);
            if (c == '{' || c == '[') {
                position++;
                if (++depth > MOST_LEVELS) {
                    throw tooDeep();
                }
                objects.set(depth, c == '{');
                skipSpace();
                if (text.charAt(position) != (c == '{' ? '}' : ']')) {
                    if (c == '{') {
                        name();
                    }
                    continue;
                }
            } else {
                scalar(c);
            }
            depth = close(objects, depth);
            if (depth == 0) {
                skipSpace();
                if (position == text.length()) {
                    return;
                }
                throw malformed();
            }
        }
    }

    /** Goes on to the next value of the innermost open bracket, over brackets that close; returns how many stay open. */
    private int close(BitSet objects, int open) {
        int depth = open;
        while (depth > 0) {
            skipSpace();
            char c = text.charAt(position++);
            if (c == ',') {
                if (objects.get(depth)) {
                    skipSpace();
                    name();
                }
                return depth;
            }
            if (c != (objects.get(depth) ? '}' : ']')) {
                throw malformed();
            }
            depth--;
        }
        return depth;
    }

    private void name() {
        if (text.charAt(position) != '"') {
            throw malformed();
        }
        string();
        skipSpace();
        if (text.charAt(position++) != ':') {
            throw malformed();
        }
    }

    private void scalar(char c) {
        switch (c) {
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void word(String word) {
        if (!text.startsWith(word, position)) {
            throw malformed();
        }
        position += word.length();
    }

    private void number() {
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
    }

    private void digits() {
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        if (position == start) {
            throw malformed();
        }
    }

    private void string() {
        int next = position + 1;
        while (true) {
            char c = text.charAt(next++);
            if (c == '"') {
                position = next;
                return;
            }
            if (c < ' ') {
                throw malformed();
            }
            if (c == '\\') {
                position = next + 1;
                escape(text.charAt(next));
                next = position;
            }
        }
    }

    private void escape(char c) {
        if (c != 'u') {
            if ("\"\\/bfnrt".indexOf(c) < 0) {
                throw malformed();
            }
            return;
        }
        int unit = unit();
        holdsNul |= unit == 0;
        if (unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE) {
            holdsHalfPair = true;
        } else if (unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE) {
            pair();
        }
    }

    private void pair() {
        int before = position;
        if (text.startsWith("\\u", position)) {
            position += 2;
            int low = unit();
            if (low >= Character.MIN_LOW_SURROGATE && low <= Character.MAX_LOW_SURROGATE) {
                return;
            }
        }
        position = before;
        holdsHalfPair = true;
    }

    private int unit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = text.charAt(position++);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed();
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }

    private boolean skip(char c) {
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            position++;
        }
    }

    static UnfitValueException tooDeep() {
        return new UnfitValueException(
                "the value is nested more than " + MOST_LEVELS + " levels deep", "Flatten it in the producer");
    }

    private static UnfitValueException malformed() {
        return new UnfitValueException("the text is not JSON", "Correct the producer, or make the column text");
    }
}
