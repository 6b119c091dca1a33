package io.sluice.config;

import java.util.Locale;

/** How names of tables and columns are spelled. */
public enum IdentifierCase {
    /** As topics and fields spell them. */
    AS_IS,
    /** In lower case, as PostgreSQL reads names without quotes. */
    LOWER;

    /** The name in this spelling. */
    public String fold(String name) {
        return switch (this) {
            case AS_IS -> name;
            case LOWER -> name.toLowerCase(Locale.ROOT);
        };
    }
}
