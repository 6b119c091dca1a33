package io.sluice.cdc;

import io.sluice.harness.Database;

/** A column that is added to a table while the load runs. */
record Evolution(String table, Column added) {

    /** One that rows there already have as null. */
    static Evolution nullable() {
        return new Evolution("evolving", new Column("note", "text", TextValues.text(4)));
    }

    /** One that rows there already have as 7, without a change of theirs in the log. */
    static Evolution withDefault() {
        return new Evolution("evolving", new Column("level", "integer NOT NULL DEFAULT 7", NumberValues.integer()));
    }

    String sql() {
        return "ALTER TABLE " + TypedTable.SCHEMA + "." + table + " ADD COLUMN " + Database.quoted(added.name()) + " "
                + added.type();
    }
}
