package io.sluice.record;

import org.apache.kafka.common.TopicPartition;

/**
 * Where a record stood in Kafka, before any transformation.
 *
 * @param partition topic and partition
 * @param offset its offset there
 */
public record Origin(TopicPartition partition, long offset) {
    @Override
    public String toString() {
        return "topic " + partition.topic() + ", partition " + partition.partition() + ", offset " + offset;
    }
}
