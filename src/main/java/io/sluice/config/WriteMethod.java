package io.sluice.config;

/** How rows get to PostgreSQL. */
public enum WriteMethod {
    /** Few rows by unnest, many by copy; without temporary tables where there can be none. */
    AUTO,
    /** By COPY, through a temporary table or straight into the table. */
    COPY,
    /** As an array for each column. */
    UNNEST,
    /** Each row as parameters of a statement of its own, many statements at once. */
    ROWS
}
