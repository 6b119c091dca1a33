package io.sluice.record;

import java.util.regex.Pattern;

/** Text that holds names from records, for messages and logs. */
public final class Printable {
    /** Whatever would start a line of the log, or change how a terminal shows the text. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private Printable() {}

    /** The text with a question mark in place of each character that does not print. */
    public static String of(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }
}
