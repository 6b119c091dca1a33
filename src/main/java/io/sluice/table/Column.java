package io.sluice.table;

import io.sluice.type.PgType;

/**
 * A column of an existing table.
 *
 * @param name its name
 * @param type its type
 * @param notNull whether it refuses NULL
 * @param hasDefault whether PostgreSQL fills it where nothing is given: a default, an identity, a generated column
 * @param generation whether PostgreSQL makes its values
 */
public record Column(String name, PgType type, boolean notNull, boolean hasDefault, Generation generation) {

    /** How PostgreSQL makes a column's values. */
    public enum Generation {
        /** Not at all. */
        NONE,
        /** From a sequence, where none is given. */
        IDENTITY_BY_DEFAULT,
        /** From a sequence, unless a statement says {@code OVERRIDING SYSTEM VALUE}. */
        IDENTITY_ALWAYS,
        /** From the row's other columns: nothing may be written. */
        GENERATED;

        /** The generation that {@code attidentity} and {@code attgenerated} of {@code pg_attribute} stand for. */
        static Generation of(String identity, String generated) {
            if (!generated.isEmpty()) {
                return GENERATED;
            }
            return switch (identity) {
                case "a" -> IDENTITY_ALWAYS;
                case "d" -> IDENTITY_BY_DEFAULT;
                default -> NONE;
            };
        }
    }

    /** A column whose values are written. */
    public Column(String name, PgType type, boolean notNull, boolean hasDefault) {
        this(name, type, notNull, hasDefault, Generation.NONE);
    }
}
