package io.sluice.metrics;

/** Why flow control holds partitions back. */
public enum PauseCause {
    /** Too many records or bytes wait for lanes. */
    BUFFER,
    /** A limit of rows or bytes a second is reached. */
    RATE,
    /** PostgreSQL does not answer, and one lane finds out when it does again. */
    BREAKER,
    /** The partition's table is locked or slow; the other partitions flow on. */
    TABLE,
    /** The partition has not been taken over in PostgreSQL yet. */
    LEDGER
}
