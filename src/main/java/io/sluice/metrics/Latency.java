package io.sluice.metrics;

/** What is timed. */
public enum Latency {
    /** Rows copied straight into their table. */
    COPY,
    /** Any other statement that writes or deletes rows, with their way to the server. */
    MERGE,
    /** The commit alone. */
    COMMIT,
    /** A transaction from its first statement to its commit. */
    TRANSACTION,
    /** From a record's timestamp in Kafka to its row in PostgreSQL; of each transaction the first and the last record. */
    VISIBLE
}
