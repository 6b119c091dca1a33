package io.sluice.lane;

import io.sluice.offset.PartitionOffsets;
import io.sluice.record.Change;
import io.sluice.table.TableId;

/**
 * A change on its way through a lane.
 *
 * @param partition the partition that it came from, as it was assigned then
 * @param number its number there
 * @param rest the number of changes that its record has after it
 * @param timestamp the record's, in milliseconds; negative where it has none
 */
public record Entry(Change change, TableId table, PartitionOffsets partition, long number, int rest, long timestamp) {
    long offset() {
        return change.origin().offset();
    }

    boolean revoked() {
        return partition.revoked();
    }
}
