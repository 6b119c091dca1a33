package io.sluice.config;

/** What the values of records look like. */
public enum RecordFormat {
    /** Each record's schema tells. */
    AUTO,
    /** Structs, each field of which is a column. */
    STRUCT,
    /** Maps without a schema. */
    JSON,
    /** Debezium's envelopes, with the states before and after a change. */
    DEBEZIUM
}
