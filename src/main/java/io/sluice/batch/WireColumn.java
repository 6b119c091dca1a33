package io.sluice.batch;

/**
 * One column of encoded rows.
 *
 * @param name the table's column
 * @param wireType the type in SQL that the rows hold
 * @param castType the type that PostgreSQL has to cast it to, empty where none is needed
 * @param exact whether two values are equal to PostgreSQL just when their bytes are
 */
public record WireColumn(String name, String wireType, String castType, boolean exact) {}
