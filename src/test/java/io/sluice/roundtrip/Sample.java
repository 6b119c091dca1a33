package io.sluice.roundtrip;

import java.util.function.Predicate;

/**
 * A value, and what PostgreSQL has to say of it.
 *
 * @param value as Connect holds it
 * @param expected what the text should be, for the message of a failure
 * @param holds whether a text that PostgreSQL returned is that value
 */
record Sample(Object value, String expected, Predicate<String> holds) {

    /** A value that comes back as exactly this text. */
    static Sample text(Object value, String expected) {
        return new Sample(value, expected, expected::equals);
    }
}
