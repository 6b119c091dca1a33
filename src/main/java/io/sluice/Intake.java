package io.sluice;

import io.sluice.failure.Failures;
import io.sluice.failure.SinkException;
import io.sluice.lane.Entry;
import io.sluice.offset.OffsetTracker;
import io.sluice.offset.PartitionOffsets;
import io.sluice.record.Change;
import io.sluice.record.Origin;
import io.sluice.record.RecordDecoder;
import io.sluice.record.RecordException;
import io.sluice.table.TableId;
import io.sluice.table.TableRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Takes records in: notes their offsets, decodes them and names their tables. Belongs to the task thread.
 *
 * <p>Every record is noted, also one that cannot be taken in and all after it: an offset that was never noted could be
 * committed past.
 */
final class Intake {
    private final RecordDecoder decoder;
    private final TableRouter router;
    private final OffsetTracker offsets;
    private TopicPartition lastPartition = new TopicPartition("", -1);

    Intake(RecordDecoder decoder, TableRouter router, OffsetTracker offsets) {
        this.decoder = decoder;
        this.router = router;
        this.offsets = offsets;
    }

    OffsetTracker offsets() {
        return offsets;
    }

    /**
     * The record as entries for lanes; none where there is nothing to be written.
     *
     * @throws SinkException where the record cannot become a row
     */
    List<Entry> take(SinkRecord record) {
        Origin origin = new Origin(partition(record), record.originalKafkaOffset());
        PartitionOffsets partition = offsets.of(origin.partition());
        try {
            List<Change> changes = decoder.decode(record, origin);
            Optional<TableId> table = changes.isEmpty() ? Optional.empty() : router.route(record);
            if (table.isPresent()) {
                return entries(changes, table.get(), partition, record);
            }
        } catch (RecordException e) {
            partition.begin(origin.offset(), 0);
            throw Failures.badRecord(origin, place(record), e);
        }
        partition.complete(partition.begin(origin.offset(), 0));
        return List.of();
    }

    private static List<Entry> entries(
            List<Change> changes, TableId table, PartitionOffsets partition, SinkRecord record) {
        long offset = record.originalKafkaOffset();
        long timestamp = PartitionReports.timestamp(record);
        if (changes.size() == 1 && !partition.wasDone(offset, 0)) {
            return List.of(new Entry(changes.get(0), table, partition, partition.begin(offset, 0), 0, timestamp));
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            int rest = changes.size() - 1 - i;
            long number = partition.begin(offset, rest);
            if (partition.wasDone(offset, rest)) {
                partition.complete(number);
            } else {
                entries.add(new Entry(changes.get(i), table, partition, number, rest, timestamp));
            }
        }
        return entries;
    }

    /** The table for a message, where the record has one. */
    private String place(SinkRecord record) {
        try {
            return router.route(record).map(TableId::toString).orElse("");
        } catch (RecordException e) {
            return "";
        }
    }

    /** Notes a record that is left where it is. */
    void leave(SinkRecord record) {
        offsets.of(partition(record)).begin(record.originalKafkaOffset(), 0);
    }

    /** The partition that the record came from. */
    TopicPartition partition(SinkRecord record) {
        String topic = record.originalTopic();
        int partition = record.originalKafkaPartition();
        if (partition != lastPartition.partition() || !topic.equals(lastPartition.topic())) {
            lastPartition = new TopicPartition(topic, partition);
        }
        return lastPartition;
    }
}
