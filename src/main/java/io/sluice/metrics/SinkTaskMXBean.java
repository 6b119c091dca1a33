package io.sluice.metrics;

/** One task as monitoring shows it. Counters start at zero with the task. */
public interface SinkTaskMXBean {
    @Counter("Records that came from Connect.")
    long getRecordsReceived();

    @Counter("Records that are durable in PostgreSQL.")
    long getRecordsWritten();

    @Counter("Records that asked for nothing, a tombstone while deletes are off for example.")
    long getRecordsSkipped();

    @Counter("Records that needed no row of their own, because a later one of the same transaction had "
            + "their key or emptied their table.")
    long getRecordsDeduplicated();

    @Counter("Records that were put aside as bad.")
    long getDeadLetters();

    @Counter("Rows sent to PostgreSQL, deletions among them; fewer than records where several records of "
            + "one transaction had the same key.")
    long getRowsWritten();

    @Counter("Those of the rows that were keys to be deleted.")
    long getRowsDeleted();

    @Counter("Encoded bytes of the rows.")
    long getBytesWritten();

    @Counter("Transactions committed.")
    long getBatchesCommitted();

    @Counter("Upserts whose rows, all of them new, were copied straight into their table.")
    long getStraightCopies();

    @Counter("Upserts of which that was tried in vain: a row was there already, and they were merged.")
    long getStraightCopyConflicts();

    @Counter("Failures that may pass and were tried again.")
    long getRetries();

    @Counter("Partitions that turned out to have another owner, exactly once; what the task had of them "
            + "was dropped.")
    long getPartitionsFenced();

    @Counter("Partitions that were read again because PostgreSQL had lost what it had confirmed, exactly " + "once.")
    long getPartitionsRewound();

    @Counter("Partitions that went on behind the stored offset though no hole in the log explains it: retention, or "
            + "compaction.")
    long getPartitionGaps();

    @Counter("Steps by which tables were created and changed.")
    long getSchemaChanges();

    @Gauge("Records between `put` and durability.")
    long getQueuedRecords();

    @Gauge("Memory in bytes that those records take, estimated.")
    long getQueuedBytes();

    @Gauge("The larger of both as a share of its limit, `buffer.max.records` or `buffer.max.bytes`; "
            + "partitions pause at 1.")
    double getQueueFill();

    @Gauge("Partitions that are held back, for whatever cause.")
    int getPausedPartitions();

    @Gauge("Partitions that are held back because too much waits for lanes.")
    int getPartitionsPausedByBuffer();

    @Counter("Seconds in which at least one partition was held back because too much waited for lanes.")
    double getSecondsPausedByBuffer();

    @Gauge("Partitions that are held back by a rate limit.")
    int getPartitionsPausedByRate();

    @Counter("Seconds in which at least one partition was held back by a rate limit.")
    double getSecondsPausedByRate();

    @Gauge("Partitions that are held back because PostgreSQL does not answer.")
    int getPartitionsPausedByBreaker();

    @Counter("Seconds in which at least one partition was held back because PostgreSQL did not answer.")
    double getSecondsPausedByBreaker();

    @Gauge("Partitions that are held back because their table is locked or slow.")
    int getPartitionsPausedByTable();

    @Counter("Seconds in which at least one partition was held back because its table was locked or slow.")
    double getSecondsPausedByTable();

    @Gauge("Partitions that are held back because the task has not taken them over in PostgreSQL yet.")
    int getPartitionsPausedByLedger();

    @Counter("Seconds in which at least one partition was held back because it was not taken over yet.")
    double getSecondsPausedByLedger();

    @Gauge("Lanes that have something to write.")
    int getLanesBusy();

    @Gauge("Most rows of the next transaction, of the lane that allows itself the fewest; 0 while none "
            + "is at work.")
    int getBatchLimit();

    @Gauge("Connections to PostgreSQL in use.")
    int getConnectionsActive();

    @Gauge("Connections that are open and not in use.")
    int getConnectionsIdle();

    @Gauge("Threads that wait for a connection.")
    int getConnectionsWaiting();

    @Gauge("Seconds since the last transaction was committed; -1 before the first.")
    double getLastCommitAgeSeconds();

    @Gauge("Seconds for which records have been waiting without any transaction being committed; 0 "
            + "while nothing waits.")
    double getStalledSeconds();

    @Gauge("What is out of the ordinary at this moment: lags that grow, lanes that stand still, retries "
            + "that pile up.")
    int getAnomalies();

    @Gauge("The same in words, one a line; empty where there is nothing.")
    String getAnomaly();
}
