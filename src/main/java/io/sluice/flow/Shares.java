package io.sluice.flow;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions hold more of the buffer than their fair share of it while others need theirs: those wait alone, from their
 * share on until they are down to half of it. Shares are those of the partitions of which something waits, so one that
 * comes alone has the whole buffer; and while less than half of that is taken there is enough for everybody.
 *
 * <p>Belongs to the task thread.
 */
final class Shares {
    private static final double PRESSURE = 0.5;
    private static final double RELIEF = 0.25;

    private final Watermarks records;
    private final Watermarks bytes;
    private Set<TopicPartition> full = Set.of();

    Shares(Watermarks records, Watermarks bytes) {
        this.records = records;
        this.bytes = bytes;
    }

    /**
     * The partitions that have more than their share.
     *
     * @param stuck partitions that do not count, because theirs does not flow off
     */
    Set<TopicPartition> full(Levels levels, Set<TopicPartition> stuck) {
        Level apart = levels.of(stuck);
        Level all = levels.all();
        double taken = part(all.records() - apart.records(), all.bytes() - apart.bytes(), apart);
        if (taken < RELIEF || (full.isEmpty() && taken < PRESSURE)) {
            full = Set.of();
            return full;
        }
        Map<TopicPartition, Level> active = levels.active();
        long sharers =
                active.keySet().stream().filter(one -> !stuck.contains(one)).count();
        Set<TopicPartition> now = new HashSet<>();
        active.forEach((partition, level) -> {
            double share = part(level.records(), level.bytes(), apart) * sharers;
            boolean stays = full.contains(partition) && share > 0.5;
            boolean comes = taken >= PRESSURE && sharers > 1 && share >= 1;
            if (!stuck.contains(partition) && (stays || comes)) {
                now.add(partition);
            }
        });
        full = now;
        return full;
    }

    private double part(long someRecords, long someBytes, Level apart) {
        return Math.max(records.part(someRecords, apart.records()), bytes.part(someBytes, apart.bytes()));
    }
}
