package io.sluice.offset;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Knows which partitions are ours and which of their records are durable. Belongs to the task thread.
 *
 * <p>What it reports follows three rules. A partition with open records reports the end of its own durable prefix, which
 * begins at the first record that was delivered. One with none reports what Connect has consumed, because records that a
 * transformation dropped move that position and never come here; but never less than its own prefix. One that is not ours
 * is left out, because Connect asks about revoked partitions too, and their new owner may be further on.
 */
public final class OffsetTracker {
    private final Map<TopicPartition, PartitionOffsets> partitions = new HashMap<>();
    private @Nullable TopicPartition lastPartition;
    private @Nullable PartitionOffsets lastOffsets;

    /**
     * Takes partitions that were assigned. One that is known stays as it is: what was delivered of it before this call
     * does not come again.
     */
    public void open(Collection<TopicPartition> assigned) {
        assigned.forEach(
                partition -> partitions.computeIfAbsent(partition, key -> new PartitionOffsets(key, Grant.UNFENCED)));
    }

    /** Takes a partition that the ledger has given to us. */
    public void open(TopicPartition partition, Grant grant) {
        partitions.put(partition, new PartitionOffsets(partition, grant));
        lastPartition = null;
        lastOffsets = null;
    }

    /** Whether the partition is taken. */
    public boolean has(TopicPartition partition) {
        return (lastOffsets != null && partition.equals(lastPartition)) || partitions.containsKey(partition);
    }

    /** Forgets partitions that were taken away; partitions that are not known are none of its business. */
    public void close(Collection<TopicPartition> revoked) {
        lastPartition = null;
        lastOffsets = null;
        for (TopicPartition partition : revoked) {
            PartitionOffsets offsets = partitions.remove(partition);
            if (offsets != null) {
                offsets.revoke();
            }
        }
    }

    /** The partition's records; one that was not announced starts here, since Connect delivers such records too. */
    public PartitionOffsets of(TopicPartition partition) {
        if (lastOffsets != null && partition.equals(lastPartition)) {
            return lastOffsets;
        }
        PartitionOffsets offsets =
                partitions.computeIfAbsent(partition, key -> new PartitionOffsets(key, Grant.UNFENCED));
        lastPartition = partition;
        lastOffsets = offsets;
        return offsets;
    }

    /**
     * What may be committed.
     *
     * @param consumed the positions that Connect would commit by itself
     */
    public Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> consumed) {
        Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
        consumed.forEach((partition, position) -> {
            PartitionOffsets offsets = partitions.get(partition);
            if (offsets == null) {
                return;
            }
            long durable = offsets.durablePosition().orElse(offsets.first());
            long reached = offsets.open() == 0 ? Math.max(position.offset(), durable) : durable;
            committable.put(partition, reached == position.offset() ? position : new OffsetAndMetadata(reached));
        });
        return committable;
    }
}
