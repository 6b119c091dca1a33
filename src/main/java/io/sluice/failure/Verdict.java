package io.sluice.failure;

/** What an error of PostgreSQL means for the batch that met it. */
public enum Verdict {
    /** It passes by itself: wait and try the same again. */
    TRANSIENT,
    /** The table is not what we thought: read the catalog again and try once more. */
    SCHEMA_CHANGED,
    /** A row refers to one that is not there, and that may be on its way: wait, and then find it. */
    PARENT_MISSING,
    /** Another row has a value that must be unique, and may be about to give it up: keep the order, wait, and then find it. */
    VALUE_TAKEN,
    /** A record of the batch is to blame: find it. */
    BAD_RECORD,
    /** Nothing helps but a human: fail the task with a message that says what to do. */
    FATAL
}
