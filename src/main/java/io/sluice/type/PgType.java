package io.sluice.type;

/**
 * A type of PostgreSQL as a column has it.
 *
 * @param name its name in {@code pg_type}, {@code int4} for example
 * @param sqlName its name in SQL, quoted and qualified where that is needed, without length or precision
 * @param builtIn whether it belongs to {@code pg_catalog}, so that its name says what it is
 * @param limited whether the column has a length or precision, to which PostgreSQL may round
 */
public record PgType(String name, String sqlName, boolean builtIn, boolean limited) {}
