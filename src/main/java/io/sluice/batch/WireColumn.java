package io.sluice.batch;

/**
 * One column of encoded rows.
 *
 * @param name the table's column
 * @param wireType the type in SQL that the rows hold
 * @param columnType the column's type in SQL, with its schema and without length or precision
 * @param comparedType the type in SQL of which a value is that was stored, and one that would be; see {@link
 *     io.sluice.type.PgType#comparedName}
 * @param operators the schema in SQL whose operators compare values of the column's type
 * @param cast whether PostgreSQL has to cast the one to the other
 * @param exact whether two values are equal to PostgreSQL just when their bytes are
 * @param assignable whether an update may set it: an identity that is always generated takes values by INSERT only
 */
public record WireColumn(
        String name,
        String wireType,
        String columnType,
        String comparedType,
        String operators,
        boolean cast,
        boolean exact,
        boolean assignable) {

    /** The same column where the rows hold the column's own type. */
    WireColumn uncast(String type) {
        return new WireColumn(name, type, columnType, comparedType, operators, false, exact, assignable);
    }
}
