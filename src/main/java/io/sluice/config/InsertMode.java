package io.sluice.config;

/** What a record that has a value does to its table. */
public enum InsertMode {
    /** A plain insert; a row that is there already is an error. */
    INSERT,
    /** Insert, or update the row that has the same key. */
    UPSERT,
    /** Update the row that has the same key; where there is none, nothing happens. */
    UPDATE
}
