package io.sluice.type;

/**
 * A type of PostgreSQL as a column has it.
 *
 * @param name its name in {@code pg_type}, {@code int4} for example
 * @param sqlName its name in SQL, quoted and qualified where that is needed, without length or precision
 * @param builtIn whether it belongs to {@code pg_catalog}, so that its name says what it is
 */
public record PgType(String name, String sqlName, boolean builtIn) {
    /** A built-in type whose name in SQL is also its name in the catalog. */
    public static PgType builtIn(String name) {
        return new PgType(name, name, true);
    }
}
