package io.sluice.table;

import io.sluice.type.PgType;

/**
 * A column of an existing table.
 *
 * @param name its name
 * @param type its type
 * @param notNull whether it refuses NULL
 * @param hasDefault whether PostgreSQL fills it where nothing is given: a default, an identity, a generated column
 * @param generation who gives it its values
 * @param insertable whether the role may name it in an INSERT
 * @param mayDropNotNull whether its NOT NULL can be dropped: it is the column's own and no key's, nor that of a domain, an identity or a
 *     parent table
 */
public record Column(
        String name,
        PgType type,
        boolean notNull,
        boolean hasDefault,
        Generation generation,
        boolean insertable,
        boolean mayDropNotNull) {

    /** Who gives a column its values. */
    public enum Generation {
        /** Whoever writes the row. */
        NONE,
        /** A sequence, where the row does not. */
        IDENTITY_BY_DEFAULT,
        /** A sequence, unless an insert insists on its own value; no update may. */
        IDENTITY_ALWAYS,
        /** An expression; nothing may be written to it. */
        GENERATED
    }
}
