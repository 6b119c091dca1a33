package io.sluice.harness;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** What a consumer group, a sink connector's for instance, has committed. */
public record ConsumerGroup(KafkaClients clients, String id) {

    /** Committed offsets by partition of a topic; a partition without one is absent. */
    public Map<Integer, Long> committed(Topic topic) {
        Map<TopicPartition, OffsetAndMetadata> all = KafkaCalls.get(
                "offsets of " + id, clients.admin().listConsumerGroupOffsets(id).partitionsToOffsetAndMetadata());
        Map<Integer, Long> offsets = new TreeMap<>();
        all.forEach((partition, offset) -> {
            if (partition.topic().equals(topic.name()) && offset != null) {
                offsets.put(partition.partition(), offset.offset());
            }
        });
        return offsets;
    }

    /** Whether the group has no member, or does not exist. */
    public boolean isEmpty() {
        return KafkaCalls.get(
                        "members of " + id,
                        clients.admin()
                                .listGroups(ListGroupsOptions.forConsumerGroups())
                                .valid())
                .stream()
                .filter(group -> group.groupId().equals(id))
                .allMatch(group ->
                        group.groupState().filter(GroupState.EMPTY::equals).isPresent());
    }

    /** Forgets the group, as Kafka does with one that has long been empty. */
    public void delete() {
        KafkaCalls.get(
                "deletion of " + id,
                clients.admin().deleteConsumerGroups(List.of(id)).all());
    }

    /** Sets an offset, as Kafka's own tools do with a group that has no members. */
    public void reset(Topic topic, int partition, long offset) {
        KafkaCalls.get(
                "offset of " + id,
                clients.admin()
                        .alterConsumerGroupOffsets(
                                id, Map.of(new TopicPartition(topic.name(), partition), new OffsetAndMetadata(offset)))
                        .all());
    }

    /** Records of the topic that the group has not committed yet. */
    public long lag(Topic topic) {
        Map<Integer, Long> committed = committed(topic);
        return topic.endOffsets().entrySet().stream()
                .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
                .sum();
    }
}
