package io.sluice.ledger;

import io.sluice.offset.PartitionOffsets;

/** A partition that the lane cannot go on with as it is. */
public record Loss(PartitionOffsets partition, Cause cause) {
    /** What the ledger says instead. */
    public enum Cause {
        /** It has another token: somebody has taken it over. */
        ANOTHER_OWNER,
        /** It knows less than it has said: a failover or a recovery has lost transactions. */
        BACK_IN_TIME,
        /** It knows nothing of it: that is lost, too, or somebody has deleted it. */
        GONE
    }
}
