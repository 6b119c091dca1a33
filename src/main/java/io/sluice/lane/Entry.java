package io.sluice.lane;

import io.sluice.offset.PartitionOffsets;
import io.sluice.record.Change;
import io.sluice.record.DeadLetter;
import io.sluice.table.TableId;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A change on its way through a lane, or a bad record that has its place.
 *
 * @param partition the partition that it came from, as it was assigned then
 * @param number its number there
 * @param rest the number of changes that its record has after it
 * @param timestamp the record's, in milliseconds; negative where it has none
 * @param record as Connect delivered it; null where nobody will ask for it, because bad records fail the task
 * @param bytes the memory that it holds, with all of its record where that is kept, estimated
 * @param letter why it cannot be written; null for what has not turned out to be bad
 */
public record Entry(
        Change change,
        TableId table,
        PartitionOffsets partition,
        long number,
        int rest,
        long timestamp,
        @Nullable SinkRecord record,
        long bytes,
        @Nullable DeadLetter letter) {

    long offset() {
        return change.origin().offset();
    }

    boolean revoked() {
        return partition.revoked();
    }

    Entry with(Change other) {
        return new Entry(other, table, partition, number, rest, timestamp, record, bytes, letter);
    }

    Entry with(DeadLetter problem) {
        return new Entry(change, table, partition, number, rest, timestamp, record, bytes, problem);
    }
}
