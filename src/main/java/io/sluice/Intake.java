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
     * The record as an entry for a lane; empty where there is nothing to be written.
     *
     * @throws SinkException where the record cannot become a row
     */
    Optional<Entry> take(SinkRecord record) {
        Origin origin = new Origin(partition(record), record.originalKafkaOffset());
        PartitionOffsets partition = offsets.of(origin.partition());
        long number = partition.begin(origin.offset());
        String place = "";
        try {
            TableId table = router.route(record.topic());
            place = table.toString();
            Change change = decoder.decode(record, origin);
            if (change.operation() == Change.Operation.SKIP) {
                partition.complete(number);
                return Optional.empty();
            }
            return Optional.of(new Entry(change, table, partition, number));
        } catch (RecordException e) {
            throw Failures.badRecord(origin, place, e);
        }
    }

    /** Notes a record that is left where it is. */
    void leave(SinkRecord record) {
        offsets.of(partition(record)).begin(record.originalKafkaOffset());
    }

    private TopicPartition partition(SinkRecord record) {
        String topic = record.originalTopic();
        int partition = record.originalKafkaPartition();
        if (partition != lastPartition.partition() || !topic.equals(lastPartition.topic())) {
            lastPartition = new TopicPartition(topic, partition);
        }
        return lastPartition;
    }
}
