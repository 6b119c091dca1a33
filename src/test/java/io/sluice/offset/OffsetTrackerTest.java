package io.sluice.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class OffsetTrackerTest {

    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final TopicPartition TWO = new TopicPartition("t", 2);

    private final OffsetTracker tracker = new OffsetTracker();

    @Test
    void commitsTheEndOfTheContiguousDurablePrefix() {
        tracker.open(List.of(ONE));
        PartitionOffsets offsets = tracker.of(ONE);
        long first = offsets.begin(10, 0);
        long second = offsets.begin(17, 0);
        long third = offsets.begin(18, 0);

        Map<TopicPartition, OffsetAndMetadata> begun = Map.of(ONE, new OffsetAndMetadata(10));
        assertThat(committable(ONE, 19)).as("nothing is durable").isEqualTo(begun);
        offsets.complete(second);
        assertThat(committable(ONE, 19)).as("the first is open").isEqualTo(begun);
        offsets.complete(first);
        assertThat(committable(ONE, 19)).containsEntry(ONE, new OffsetAndMetadata(18));
        offsets.complete(third);
        assertThat(committable(ONE, 19)).containsEntry(ONE, new OffsetAndMetadata(19));
    }

    @Test
    void aPartitionWithNothingOpenFollowsConnect() {
        tracker.open(List.of(ONE, TWO));
        PartitionOffsets offsets = tracker.of(ONE);
        offsets.complete(offsets.begin(4, 0));

        assertThat(committable(ONE, 500)).as("the rest was filtered").containsEntry(ONE, new OffsetAndMetadata(500));
        assertThat(committable(ONE, 3)).as("never below the own prefix").containsEntry(ONE, new OffsetAndMetadata(5));
        assertThat(committable(TWO, 9)).containsEntry(TWO, new OffsetAndMetadata(9));
    }

    @Test
    void leavesOutPartitionsThatAreNotOurs() {
        tracker.open(List.of(ONE));
        tracker.close(List.of(ONE, TWO));

        assertThat(committable(ONE, 9)).isEmpty();
        assertThat(committable(TWO, 9)).isEmpty();
    }

    /** Or the ledger would be told that it is durable. */
    @Test
    void whatIsDroppedOfARevokedPartitionRaisesNoFloor() {
        tracker.open(List.of(ONE));
        PartitionOffsets offsets = tracker.of(ONE);
        offsets.complete(offsets.begin(10, 0));
        long dropped = offsets.begin(11, 0);
        tracker.close(List.of(ONE));
        offsets.complete(dropped);

        assertThat(offsets.floor()).isEqualTo(11);
    }

    @Test
    void lateResultsOfAnEarlierAssignmentCountForNothing() {
        tracker.open(List.of(ONE));
        PartitionOffsets before = tracker.of(ONE);
        long late = before.begin(0, 0);
        tracker.close(List.of(ONE));
        tracker.open(List.of(ONE));
        tracker.of(ONE).begin(0, 0);

        before.complete(late);

        assertThat(before.revoked()).isTrue();
        assertThat(tracker.of(ONE).revoked()).isFalse();
        assertThat(committable(ONE, 1)).containsEntry(ONE, new OffsetAndMetadata(0));
    }

    @Test
    void takesRecordsThatComeBeforeTheirPartitionIsOpened() {
        tracker.of(ONE).begin(7, 0);

        assertThat(committable(ONE, 8)).containsEntry(ONE, new OffsetAndMetadata(7));
    }

    @Test
    void refusesToCloseARecordThatIsNotOpen() {
        PartitionOffsets offsets = tracker.of(ONE);
        offsets.complete(offsets.begin(1, 0));

        assertThatThrownBy(() -> offsets.complete(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> offsets.complete(1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Against a sorted map of what is open, for thousands of records with holes, completed in any order. */
    @Test
    void agreesWithASimpleModelWhateverTheOrder() {
        Random random = new Random(4711);
        PartitionOffsets offsets = new PartitionOffsets(ONE, Grant.UNFENCED);
        TreeMap<Long, Long> open = new TreeMap<>();
        long offset = 0;
        TreeSet<Long> delivered = new TreeSet<>();
        for (int step = 0; step < 200_000; step++) {
            if (open.size() < 5_000 && random.nextInt(100) < 51) {
                offset += 1 + random.nextInt(3);
                open.put(offset, offsets.begin(offset, 0));
                delivered.add(offset);
            } else if (!open.isEmpty()) {
                Long later = open.ceilingKey(open.firstKey() + random.nextInt(40));
                long done = later == null ? open.firstKey() : later;
                offsets.complete(open.remove(done));
            }
            Long lastOfPrefix = open.isEmpty() ? delivered.floor(offset) : delivered.lower(open.firstKey());
            assertThat(offsets.durablePosition().orElse(0)).isEqualTo(lastOfPrefix == null ? 0 : lastOfPrefix + 1);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committable(TopicPartition partition, long consumed) {
        return tracker.committable(Map.of(partition, new OffsetAndMetadata(consumed)));
    }
}
