package io.sluice.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.IdentifierCase;
import io.sluice.config.SinkConfig;
import io.sluice.config.WriteOrdering;
import io.sluice.offset.OffsetTracker;
import io.sluice.record.Change;
import io.sluice.record.Origin;
import io.sluice.record.RecordDecoder;
import io.sluice.table.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

final class ParkingTest {
    private static final TableId A = new TableId("", "a");
    private static final TableId B = new TableId("", "b");
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);

    private static final RecordDecoder DECODER = new RecordDecoder(
            SinkConfig.parse(Map.of("connection.url", "jdbc:postgresql://localhost/none"))
                    .records(),
            IdentifierCase.AS_IS);

    private final AtomicLong clock = new AtomicLong();
    private final OffsetTracker offsets = new OffsetTracker();
    private final LockWaits waits = new LockWaits(Duration.ofSeconds(15));
    private final Parking byTable = new Parking(WriteOrdering.KEY, waits, clock::get, bound -> bound / 2);
    private final Parking byPartition = new Parking(WriteOrdering.PARTITION, waits, clock::get, bound -> bound / 2);

    @Test
    void laterEntriesOfAParkedTableWaitBehindTheEarlierOnes() {
        Entry first = entry(A, ZERO, 0);
        Entry other = entry(B, ZERO, 1);
        Entry second = entry(A, ZERO, 2);
        assertThat(byTable.park(A, List.of(first, other, second), 3)).containsExactly(other);
        Entry third = entry(A, ONE, 0);
        Entry more = entry(B, ONE, 1);
        assertThat(byTable.sift(List.of(third, more))).containsExactly(more);
        assertThat(byTable.partitions()).containsExactlyInAnyOrder(ZERO, ONE);

        assertThat(byTable.takeDue(10)).as("not yet").isEmpty();
        byTable.endTurn();
        pass(100);
        assertThat(byTable.takeDue(10)).containsExactly(first, second, third);
        assertThat(byTable.isProbing()).isTrue();
        assertThat(byTable.isEmpty()).isFalse();
        assertThat(byTable.endTurn()).contains(A);
        assertThat(byTable.isEmpty()).isTrue();
        assertThat(byTable.partitions()).isEmpty();
        assertThat(waits.areAnyParked()).isFalse();
    }

    @Test
    void whatFailsAgainGoesBackToTheFrontAndWaitsLonger() {
        Entry first = entry(A, ZERO, 0);
        Entry second = entry(A, ZERO, 1);
        byTable.park(A, List.of(first, second), 1);
        pass(100);
        assertThat(byTable.takeDue(1)).containsExactly(first);
        assertThat(byTable.park(A, List.of(first), 1)).isEmpty();
        assertThat(byTable.endTurn()).isEmpty();
        pass(199);
        assertThat(byTable.takeDue(1)).isEmpty();
        pass(1);
        assertThat(byTable.takeDue(10)).containsExactly(first, second);
        assertThat(waits.areAnyParked()).isTrue();
    }

    @Test
    void goesOnAtOnceWhereTheLockIsGone() {
        byTable.park(A, List.of(entry(A, ZERO, 0), entry(A, ZERO, 1)), 1);
        pass(100);
        assertThat(byTable.takeDue(1)).hasSize(1);
        assertThat(byTable.endTurn()).isEqualTo(Optional.empty());
        assertThat(byTable.untilDue(Duration.ofSeconds(1))).isZero();
        assertThat(byTable.takeDue(10)).hasSize(1);
        assertThat(byTable.isProbing()).isFalse();
    }

    @Test
    void parksOnlyWhatHasToWait() {
        Entry locked = entry(A, ZERO, 0);
        Entry sameTable = entry(A, ONE, 0);
        Entry samePartition = entry(B, ZERO, 1);
        assertThat(byPartition.park(A, List.of(locked, sameTable, samePartition), 1))
                .containsExactly(sameTable);
        assertThat(byPartition.sift(List.of(entry(B, ZERO, 2), entry(B, ONE, 2))))
                .hasSize(1);
        assertThat(byPartition.partitions()).containsExactly(ZERO);
    }

    /** What is missing for a row may be parked for another table, so that a transaction has entries of two lots. */
    @Test
    void keepsAllOfTwoLotsThatMeetTheSameLock() {
        Entry first = entry(A, ZERO, 0);
        Entry second = entry(A, ZERO, 1);
        Entry third = entry(A, ONE, 0);
        Entry fourth = entry(B, ONE, 1);
        byPartition.park(A, List.of(first, second), 1);
        byPartition.park(A, List.of(third, fourth), 1);
        pass(200);
        List<Entry> tried = new ArrayList<>(byPartition.takeDue(1));
        byPartition.endTurn();
        tried.addAll(byPartition.takeDue(1));
        byPartition.park(A, tried, tried.size());
        byPartition.endTurn();

        pass(2_000);
        assertThat(byPartition.takeDue(10)).containsExactlyInAnyOrder(first, second, third, fourth);
        byPartition.endTurn();
        assertThat(byPartition.isEmpty()).isTrue();
        assertThat(waits.areAnyParked()).isFalse();
    }

    @Test
    void handsOutWhatIsRevoked() {
        Entry leaves = entry(A, ZERO, 0);
        Entry stays = entry(A, ONE, 0);
        byTable.park(A, List.of(leaves, stays), 2);
        offsets.close(List.of(ZERO));
        assertThat(byTable.removeRevoked()).containsExactly(leaves);
        assertThat(byTable.partitions()).containsExactly(ONE);
        pass(100);
        assertThat(byTable.takeDue(10)).containsExactly(stays);
    }

    @Test
    void waitsNoLongerThanTheSettingSays() {
        assertThat(waits.first()).isEqualTo(Duration.ofSeconds(15));
        assertThat(waits.again()).isEqualTo(Duration.ofMillis(100));
        assertThat(new LockWaits(Duration.ofMillis(50)).again()).isEqualTo(Duration.ofMillis(50));
        assertThat(new LockWaits(Duration.ZERO).again()).isEqualTo(Duration.ofMillis(100));
        assertThat(waits.timeouts(Duration.ofSeconds(44))).isEqualTo(2);
    }

    private Entry entry(TableId table, TopicPartition partition, long offset) {
        SinkRecord record =
                new SinkRecord(partition.topic(), partition.partition(), null, null, null, Map.of("id", 1), offset);
        Change change = DECODER.decode(record, new Origin(partition, offset), key -> Optional.empty())
                .get(0);
        return new Entry(change, table, offsets.of(partition), offset, 0, -1, null, change.bytes(), null);
    }

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
