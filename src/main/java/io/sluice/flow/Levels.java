package io.sluice.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What waits of each partition. Belongs to the task thread. */
final class Levels {
    private final Map<TopicPartition, Level> partitions = new HashMap<>();
    private final Level all = new Level();
    private TopicPartition lastPartition = new TopicPartition("", -1);
    private Level last = new Level();

    void add(TopicPartition partition, long records, long bytes) {
        all.add(records, bytes);
        // Records come and go in runs of one partition.
        if (!partition.equals(lastPartition)) {
            last = partitions.computeIfAbsent(partition, key -> new Level());
            lastPartition = partition;
        }
        last.add(records, bytes);
    }

    Level all() {
        return all;
    }

    /** What waits of some partitions together. */
    Level of(Set<TopicPartition> some) {
        Level sum = new Level();
        for (TopicPartition partition : some) {
            Level level = partitions.get(partition);
            if (level != null) {
                sum.add(level.records(), level.bytes());
            }
        }
        return sum;
    }

    /** The partitions of which anything waits. */
    Map<TopicPartition, Level> active() {
        partitions.values().removeIf(Level::isEmpty);
        lastPartition = new TopicPartition("", -1);
        return partitions;
    }
}
