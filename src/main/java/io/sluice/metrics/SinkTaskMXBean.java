package io.sluice.metrics;

import java.util.Map;

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

    /** Partitions that went on behind the stored offset though no hole in the log explains it: retention, or compaction. */
    long getPartitionGaps();

    /** Tables created and changed. */
    long getSchemaChanges();

    /** Records between {@code put} and durability. */
    long getQueuedRecords();

    /** Memory in bytes that those records take, estimated. */
    long getQueuedBytes();

    /** Partitions that flow control holds back. */
    int getPausedPartitions();

    /** Seconds in which at least one partition was held back because too much was waiting for lanes. */
    double getSecondsPausedByBuffer();

    /** Seconds in which at least one partition was held back by a rate limit. */
    double getSecondsPausedByRate();

    /** Seconds in which at least one partition was held back because PostgreSQL did not answer. */
    double getSecondsPausedByBreaker();

    /** Seconds in which at least one partition was held back because its table was locked or slow. */
    double getSecondsPausedByTable();

    /** Records that were put aside as bad. */
    long getDeadLetters();

    /** Retries by the class of their SQLSTATE, which are its first two characters; {@code none} where there was none. */
    Map<String, Long> getRetriesBySqlStateClass();

    /** Lanes that have something to write. */
    int getLanesBusy();
}
