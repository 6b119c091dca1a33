package io.sluice.record;

/**
 * One field of a row.
 *
 * @param name the field's name, and the column's; empty for a primitive key that has no name yet
 * @param type what its values are
 * @param required whether the schema forbids null
 * @param role what the field is to the row's key
 * @param hint what else the schema says of the column
 */
public record Field(String name, FieldType type, boolean required, Role role, ColumnHint hint) {

    /** A field of which no more is known. */
    public Field(String name, FieldType type, boolean required, Role role) {
        this(name, type, required, role, ColumnHint.NONE);
    }

    /** What a field is to the row's key. */
    public enum Role {
        /** A part of the key. */
        KEY,
        /** From the record key; a part of the row's key if the table wants it. */
        KEY_CANDIDATE,
        /** From the record value; a part of the key only if the table says so. */
        VALUE,
        /** From the record value; in the row only if the table wants it as a part of the key. */
        VALUE_CANDIDATE
    }

    Field named(String column) {
        return new Field(column, type, required, role, hint);
    }

    Field withRole(Role other) {
        return new Field(name, type, required, other, hint);
    }
}
