package io.sluice.config;

/** Where the key of a row comes from. */
public enum KeyMode {
    /** The table's own primary key, taken from the value or else the record key. */
    AUTO,
    /** No key. */
    NONE,
    /** The record's topic, partition and offset. */
    KAFKA,
    /** The record key: a primitive, or fields of a Struct or map. */
    RECORD_KEY,
    /** Fields of the record value. */
    RECORD_VALUE,
    /** Record headers. */
    RECORD_HEADER
}
