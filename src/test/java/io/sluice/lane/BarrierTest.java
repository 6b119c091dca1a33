package io.sluice.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.IdentifierCase;
import io.sluice.config.SinkConfig;
import io.sluice.offset.OffsetTracker;
import io.sluice.record.Change;
import io.sluice.record.DeadLetter;
import io.sluice.record.Origin;
import io.sluice.record.RecordDecoder;
import io.sluice.table.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

final class BarrierTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final TableId ONE = new TableId("", "one");
    private static final TableId OTHER = new TableId("", "other");

    private final OffsetTracker offsets = new OffsetTracker();
    private final Barrier barrier = new Barrier.ByTable();

    @Test
    void aTruncationWaitsForWhatCameBeforeAndHoldsWhatComesAfter() {
        Entry first = write(ONE);
        Entry second = write(ONE);
        Entry truncation = truncation(ONE);
        Entry after = write(ONE);
        assertThat(barrier.admits(first)).isTrue();
        assertThat(barrier.admits(second)).isTrue();
        assertThat(barrier.admits(truncation)).isFalse();
        assertThat(barrier.admits(after)).isFalse();

        assertThat(barrier.completed(List.of(first))).isEmpty();
        assertThat(barrier.completed(List.of(second))).containsExactly(truncation);
        assertThat(barrier.isEmpty()).isFalse();
        assertThat(barrier.completed(List.of(truncation))).containsExactly(after);
        assertThat(barrier.isEmpty()).isTrue();
    }

    @Test
    void aTruncationThatIsRefusedLetsGoWhatComesAfter() {
        Entry truncation = truncation(ONE);
        Entry after = write(ONE);
        barrier.admits(truncation);
        barrier.admits(after);
        DeadLetter letter = new DeadLetter(
                truncation.change().origin(),
                ONE.toString(),
                "refused",
                Optional.of("23503"),
                new SinkRecord("t", 0, null, null, null, null, 0),
                DeadLetter.Content.WHOLE);

        assertThat(barrier.completed(List.of(truncation.with(letter)))).containsExactly(after);
    }

    @Test
    void truncationsInARowGoOneByOne() {
        Entry first = truncation(ONE);
        Entry second = truncation(ONE);
        assertThat(barrier.admits(first)).isTrue();
        assertThat(barrier.admits(second)).isFalse();

        assertThat(barrier.completed(List.of(first))).containsExactly(second);
    }

    @Test
    void otherTablesDoNotWait() {
        barrier.admits(write(ONE));
        barrier.admits(truncation(ONE));

        assertThat(barrier.admits(write(OTHER))).isTrue();
    }

    @Test
    void whatWaitsOfARevokedPartitionIsTakenAwayAndTheRestGoesOn() {
        Entry first = write(ONE);
        Entry truncation = truncation(ONE);
        barrier.admits(first);
        barrier.admits(truncation);
        offsets.close(List.of(PARTITION));
        Entry after = write(ONE);
        barrier.admits(after);

        List<Entry> revoked = barrier.removeRevoked();

        assertThat(revoked).containsExactly(truncation);
        assertThat(barrier.completed(revoked)).containsExactly(after);
    }

    private Entry write(TableId table) {
        return entry(table, "json", Map.of("id", 1));
    }

    private Entry truncation(TableId table) {
        return entry(table, "debezium", Map.of("op", "t"));
    }

    private Entry entry(TableId table, String format, Map<String, Object> value) {
        Map<String, String> settings = Map.of(
                "connection.url", "jdbc:postgresql://localhost/none",
                "record.format", format,
                "truncate.enabled", "true");
        SinkRecord record = new SinkRecord("t", 0, null, null, null, value, 0);
        Change change = new RecordDecoder(SinkConfig.parse(settings).records(), IdentifierCase.AS_IS)
                .decode(record, new Origin(PARTITION, 0), key -> Optional.empty())
                .get(0);
        return new Entry(change, table, offsets.of(PARTITION), 0, 0, -1, null, change.bytes(), null);
    }
}
