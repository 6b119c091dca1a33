package io.sluice.metrics;

/** One task as JMX shows it. Counters start at zero with the task. */
public interface SinkTaskMXBean {
    /** Records that came from Connect. */
    long getRecordsReceived();

    /** Records that are durable in PostgreSQL. */
    long getRecordsWritten();

    /** Records that asked for nothing and were skipped. */
    long getRecordsSkipped();

    /** Rows sent to PostgreSQL; fewer than records where several records of one batch had the same key. */
    long getRowsWritten();

    /** Encoded bytes of those rows. */
    long getBytesWritten();

    /** Transactions committed. */
    long getBatchesCommitted();

    /** Upserts whose rows, all of them new, were copied straight into their table. */
    long getStraightCopies();

    /** Upserts of which that was tried in vain: a row was there already, and they were merged. */
    long getStraightCopyConflicts();

    /** Transient failures that were tried again. */
    long getRetries();

    /** Partitions that turned out to have another owner, exactly once; what the task had of them was dropped. */
    long getPartitionsFenced();

    /** Partitions that were read again because PostgreSQL had lost what it had confirmed, exactly once. */
    long getPartitionsRewound();

    /** Tables created and changed. */
    long getSchemaChanges();

    /** Records between {@code put} and durability. */
    long getQueuedRecords();

    /** Memory in bytes that those records take, estimated. */
    long getQueuedBytes();

    /** Partitions that flow control holds back. */
    int getPausedPartitions();
}
