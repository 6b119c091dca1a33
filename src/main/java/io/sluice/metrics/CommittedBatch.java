package io.sluice.metrics;

/**
 * A transaction that was committed.
 *
 * @param lane the lane's number
 * @param records the records that it made durable
 * @param superseded changes that needed no row, because a later one had their key or emptied their table
 * @param rows the rows that were sent for them; fewer where several records had one key
 * @param deletes those of the rows that were deleted
 * @param bytes encoded size of the rows
 * @param nanos how long it took from its first statement on
 * @param firstTimestamp of the first record, in milliseconds; negative where it has none
 * @param lastTimestamp of the last record
 */
public record CommittedBatch(
        int lane,
        int records,
        int superseded,
        int rows,
        int deletes,
        long bytes,
        long nanos,
        long firstTimestamp,
        long lastTimestamp) {}
