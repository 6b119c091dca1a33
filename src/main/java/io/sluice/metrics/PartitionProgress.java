package io.sluice.metrics;

/**
 * How far a partition is.
 *
 * @param position the offset after the last record that came; -1 before the first
 * @param durable the offset up to which all are durable; -1 before the first
 * @param open how many came and are not durable
 * @param oldest timestamp of the oldest of those in milliseconds, or a little less; -1 where there is none
 * @param newest timestamp of the last record that came, or a little less; -1 where there is none
 */
public record PartitionProgress(long position, long durable, long open, long oldest, long newest) {
    static final PartitionProgress NOTHING = new PartitionProgress(-1, -1, 0, -1, -1);
}
