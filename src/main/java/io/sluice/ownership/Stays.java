package io.sluice.ownership;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partitions that are assigned, and how many of them are not being read. */
final class Stays {
    private final Map<TopicPartition, Stay> all = new HashMap<>();
    private int unsettled;
    private @Nullable TopicPartition lastPartition;
    private @Nullable Stay last;

    void add(TopicPartition partition, Stay stay) {
        all.put(partition, stay);
        unsettled++;
        lastPartition = null;
    }

    void remove(Collection<TopicPartition> partitions) {
        partitions.forEach(all::remove);
        lastPartition = null;
    }

    boolean has(TopicPartition partition) {
        return all.containsKey(partition);
    }

    Set<TopicPartition> partitions() {
        return all.keySet();
    }

    /** The partition's stay; the same one is asked for again and again. */
    @Nullable
    Stay get(TopicPartition partition) {
        if (!partition.equals(lastPartition)) {
            lastPartition = partition;
            last = all.get(partition);
        }
        return last;
    }

    /** A partition is not read for now. */
    void unsettle() {
        unsettled++;
    }

    boolean areSettled() {
        return unsettled == 0;
    }

    /** Looks at all that are not read, and counts those that remain so. */
    void settle(BiConsumer<TopicPartition, Stay> look) {
        int left = 0;
        for (Map.Entry<TopicPartition, Stay> entry : all.entrySet()) {
            Stay stay = entry.getValue();
            if (stay.phase != Stay.Phase.READING) {
                look.accept(entry.getKey(), stay);
            }
            left += stay.phase == Stay.Phase.READING ? 0 : 1;
        }
        unsettled = left;
    }
}
