package io.sluice.config;

/** How names of tables and columns are spelled. */
public enum IdentifierCase {
    /** As topics and fields spell them. */
    AS_IS,
    /** In lower case, as PostgreSQL reads names without quotes. */
    LOWER
}
