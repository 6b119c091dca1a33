package io.sluice.metrics;

import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a running task reports. Every method does nothing unless an implementation wants it, and may be called from any
 * thread.
 */
public interface SinkMetrics extends AutoCloseable {
    /** Records that came from Connect. */
    default void received(int records) {}

    /** Records that asked for nothing, a tombstone while deletes are off for example. */
    default void skipped(int records) {}

    /** One transaction was committed. */
    default void committed(CommittedBatch batch) {}

    /** A step of a transaction took that long. */
    default void took(Latency step, long nanos) {}

    /** The rows of an upsert were copied straight into their table, because all of them were new. */
    default void copied() {}

    /** The same was tried, and a row was there already. */
    default void copyConflicted() {}

    /**
     * A transient failure that will be tried again.
     *
     * @param sqlState as PostgreSQL or the driver gave it; null where there was none
     */
    default void retried(@Nullable String sqlState) {}

    /** Records that were put aside as bad, in a table or a topic; called when that is certain. */
    default void deadLetter(int records) {}

    /** A partition turned out to have another owner, and what the task had of it was dropped. */
    default void fenced() {}

    /** PostgreSQL had lost what it had confirmed of a partition, which is read again. */
    default void rewound() {}

    /** A partition went on behind the offset that was asked for, and the record before that offset was gone. */
    default void gap() {}

    /**
     * A step changed a table.
     *
     * @param step in words
     */
    default void schemaChanged(String step) {}

    /** Records and bytes that wait between {@code put} and durability. */
    default void queued(long records, long bytes) {}

    /**
     * How many partitions are held back for a cause, from now on. A partition that is held back for several counts for one
     * of them.
     */
    default void paused(PauseCause cause, int partitions) {}

    /** A lane has taken entries and begins with them. */
    default void laneBusy(int lane) {}

    /** A busy lane has a connection and is about to write. */
    default void writing(LaneWork work) {}

    /** A lane has nothing more to do. */
    default void laneIdle(int lane) {}

    /** Where to ask for the connections of this moment. */
    default void connections(Supplier<Connections> pool) {}

    /** How far a partition is; the first time it is shown from then on. */
    default void progress(TopicPartition partition, PartitionProgress progress) {}

    /** A partition was taken away, and is shown no longer. */
    default void revoked(TopicPartition partition) {}

    /** Ends the reporting and takes away whatever was registered. */
    @Override
    default void close() {}
}
