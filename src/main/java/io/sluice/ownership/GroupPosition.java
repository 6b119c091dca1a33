package io.sluice.ownership;

import io.sluice.offset.Progress;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Kafka's group stands when a task starts. It changes nothing, but whoever has reset the group is to learn that. Each
 * difference has a harmless cause, too, which cannot be told apart.
 */
final class GroupPosition {
    private static final Logger LOG = LoggerFactory.getLogger(GroupPosition.class);

    private GroupPosition() {}

    static void compare(TopicPartition partition, long group, Progress progress) {
        long floor = progress.floor().orElse(-1);
        if (group < 0 || floor < 0) {
            return;
        }
        if (group < floor) {
            warn(partition, group, floor, "after a crash");
        } else if (group > Math.max(floor, progress.last() + 1)) {
            warn(partition, group, floor, "where a transformation drops records, or PostgreSQL was restored");
        }
    }

    private static void warn(TopicPartition partition, long group, long floor, String harmless) {
        LOG.warn(
                "Kafka's group stands at offset {} of {}, and PostgreSQL at {}, which counts. That is so {}. If the group was"
                        + " reset, set the connector's offsets instead: PATCH /connectors/<name>/offsets while it is stopped.",
                group,
                partition,
                floor,
                harmless);
    }
}
