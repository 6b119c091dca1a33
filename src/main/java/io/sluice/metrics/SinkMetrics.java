package io.sluice.metrics;

/**
 * What a running task reports. Every method does nothing unless an implementation wants it, and may be called from any
 * thread.
 */
public interface SinkMetrics extends AutoCloseable {
    /** Records that came from Connect. */
    default void received(int records) {}

    /** Records that asked for nothing, a tombstone while deletes are off for example. */
    default void skipped(int records) {}

    /**
     * One transaction was committed.
     *
     * @param records the records that it made durable
     * @param rows the rows that were sent for them; fewer where several records had one key
     * @param bytes encoded size of those rows
     */
    default void committed(int records, int rows, long bytes) {}

    /** The rows of an upsert were copied straight into their table, because all of them were new. */
    default void copied() {}

    /** The same was tried, and a row was there already. */
    default void copyConflicted() {}

    /** A transient failure that will be tried again. */
    default void retried() {}

    /** A partition turned out to have another owner, and what the task had of it was dropped. */
    default void fenced() {}

    /** PostgreSQL had lost what it had confirmed of a partition, which is read again. */
    default void rewound() {}

    /** A step that changed a table. */
    default void schemaChanged() {}

    /** Records and bytes that wait between {@code put} and durability. */
    default void queued(long records, long bytes) {}

    /** Partitions that flow control holds back. */
    default void paused(int partitions) {}

    /** Ends the reporting and takes away whatever was registered. */
    @Override
    default void close() {}
}
