package io.sluice;

import io.sluice.failure.BadRecordException;
import io.sluice.failure.Failures;
import io.sluice.lane.BadRecords;
import io.sluice.lane.Entry;
import io.sluice.offset.OffsetTracker;
import io.sluice.offset.PartitionOffsets;
import io.sluice.record.Change;
import io.sluice.record.MemorySize;
import io.sluice.record.Origin;
import io.sluice.record.RecordDecoder;
import io.sluice.record.RecordException;
import io.sluice.record.TableKeys;
import io.sluice.table.TableId;
import io.sluice.table.TableRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records in: notes their offsets, decodes them and names their tables. Belongs to the task thread.
 *
 * <p>Every record is noted, also one that cannot be taken in and all after it: an offset that was never noted could be
 * committed past.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Of what cannot be read; nothing is written there. */
    private static final TableId NO_TABLE = TableId.parse("sluice_no_table");

    private final RecordDecoder decoder;
    private final TableRouter router;
    private final Truncations truncations;
    private final OffsetTracker offsets;
    private final BadRecords badRecords;
    private final TableKeys keys;
    private TopicPartition lastPartition = new TopicPartition("", -1);

    /**
     * @param keys the keys of tables, as far as they are known
     */
    Intake(
            RecordDecoder decoder,
            TableRouter router,
            Truncations truncations,
            OffsetTracker offsets,
            BadRecords badRecords,
            Function<TableId, Optional<List<String>>> keys) {
        this.decoder = decoder;
        this.router = router;
        this.truncations = truncations;
        this.offsets = offsets;
        this.badRecords = badRecords;
        this.keys = record -> router.route(record).flatMap(keys);
    }

    OffsetTracker offsets() {
        return offsets;
    }

    /**
     * The record as entries for lanes, one of them a dead letter where it cannot become a row; none where there is nothing
     * to be written.
     *
     * @throws BadRecordException where it cannot become a row and bad records are not tolerated
     */
    List<Entry> take(SinkRecord record) {
        Origin origin = new Origin(partition(record), record.originalKafkaOffset());
        PartitionOffsets partition = offsets.of(origin.partition());
        List<Change> changes;
        Optional<TableId> table;
        try {
            changes = decoder.decode(record, origin, keys);
            table = changes.isEmpty() ? Optional.empty() : router.route(record);
            if (table.isPresent() && changes.get(0).operation() == Change.Operation.TRUNCATE) {
                truncations.requireOrder(record, table.get());
            }
        } catch (RecordException e) {
            return letter(record, origin, partition, e);
        } catch (RuntimeException e) {
            // Its message may quote a value.
            LOG.debug("The record at {} cannot be read: {}", origin, e.getClass());
            return letter(record, origin, partition, unreadable());
        }
        if (table.isPresent()) {
            return entries(changes, table.get(), partition, record);
        }
        partition.complete(partition.begin(origin.offset(), 0));
        return List.of();
    }

    private List<Entry> entries(List<Change> changes, TableId table, PartitionOffsets partition, SinkRecord record) {
        long offset = record.originalKafkaOffset();
        if (changes.size() == 1 && !partition.wasDone(offset, 0)) {
            return List.of(entry(changes.get(0), table, partition, 0, record));
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            int rest = changes.size() - 1 - i;
            if (partition.wasDone(offset, rest)) {
                partition.complete(partition.begin(offset, rest));
            } else {
                entries.add(entry(changes.get(i), table, partition, rest, record));
            }
        }
        return entries;
    }

    private Entry entry(Change change, TableId table, PartitionOffsets partition, int rest, SinkRecord record) {
        long number = partition.begin(change.origin().offset(), rest);
        boolean kept = badRecords.policy().tolerates();
        return new Entry(
                change,
                table,
                partition,
                number,
                rest,
                PartitionReports.timestamp(record),
                kept ? record : null,
                // The record keeps the bytes that it was converted from, and fields that are in no row.
                kept ? change.bytes() + MemorySize.ofRecord(record) : change.bytes(),
                null);
    }

    private List<Entry> letter(SinkRecord record, Origin origin, PartitionOffsets partition, RecordException problem) {
        if (partition.wasDone(origin.offset(), 0)) {
            partition.complete(partition.begin(origin.offset(), 0));
            return List.of();
        }
        Entry entry = entry(Change.unreadable(origin), NO_TABLE, partition, 0, record);
        return List.of(badRecords.letter(entry, Failures.badRecord(origin, place(record), problem)));
    }

    private static RecordException unreadable() {
        return new RecordException(
                "it is not what its schema or its converter promises, and cannot be read",
                "Correct the producer, the converter or the transformation");
    }

    /** The table for a message, where the record has one. */
    private String place(SinkRecord record) {
        try {
            return router.route(record).map(TableId::toString).orElse("");
        } catch (RuntimeException e) {
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
