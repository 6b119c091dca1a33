package io.sluice.config;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How names of tables and columns are spelled. */
public enum IdentifierCase {
    /** As topics and fields spell them. */
    AS_IS,
    /** In lower case, as PostgreSQL reads names without quotes. */
    LOWER;

    private static final Pattern FOLDED = Pattern.compile("[A-Z]+");

    /**
     * The name in this spelling. PostgreSQL folds no other letters in UTF-8, nor in any encoding of several bytes. Source: {@code
     * downcase_identifier} in scansup.c.
     */
    public String fold(String name) {
        return switch (this) {
            case AS_IS -> name;
            case LOWER -> FOLDED.matcher(name).replaceAll(IdentifierCase::lower);
        };
    }

    private static String lower(MatchResult letters) {
        return letters.group().toLowerCase(Locale.ROOT);
    }
}
