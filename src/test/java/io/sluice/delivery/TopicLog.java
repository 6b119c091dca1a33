package io.sluice.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** The records of a topic and what its group has committed, for tasks that run in this JVM. */
final class TopicLog {
    private final Map<TopicPartition, List<SinkRecord>> records = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    /** Appends records, whose offsets rise. */
    void append(List<SinkRecord> more) {
        for (SinkRecord record : more) {
            records.computeIfAbsent(
                            new TopicPartition(record.topic(), record.kafkaPartition()), key -> new ArrayList<>())
                    .add(record);
        }
    }

    /** Deletes the partition's records, and what the group has committed. */
    void empty(TopicPartition partition) {
        records.remove(partition);
        committed.remove(partition);
    }

    /** Deletes what is before an offset, as retention does. */
    void cut(TopicPartition partition, long offset) {
        records.getOrDefault(partition, List.of()).removeIf(record -> record.kafkaOffset() < offset);
    }

    /** Where a consumer starts: at the committed offset, or with the first record. */
    long start(TopicPartition partition) {
        return committed.getOrDefault(partition, 0L);
    }

    /** Where a consumer stands that seeks: beyond the end it starts over. */
    long seek(TopicPartition partition, long offset) {
        return offset > end(partition) ? 0 : offset;
    }

    long end(TopicPartition partition) {
        List<SinkRecord> all = records.getOrDefault(partition, List.of());
        return all.isEmpty() ? 0 : all.get(all.size() - 1).kafkaOffset() + 1;
    }

    /** Up to {@code most} records from an offset on. */
    List<SinkRecord> read(TopicPartition partition, long from, int most) {
        return records.getOrDefault(partition, List.of()).stream()
                .filter(record -> record.kafkaOffset() >= from)
                .limit(most)
                .toList();
    }

    void commit(Map<TopicPartition, Long> offsets) {
        committed.putAll(offsets);
    }

    Map<TopicPartition, Long> committed() {
        return Map.copyOf(committed);
    }
}
