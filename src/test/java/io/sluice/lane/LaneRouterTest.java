package io.sluice.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.IdentifierCase;
import io.sluice.config.InsertMode;
import io.sluice.config.KeyMode;
import io.sluice.config.SinkConfig;
import io.sluice.config.WriteOrdering;
import io.sluice.record.Change;
import io.sluice.record.Origin;
import io.sluice.record.RecordDecoder;
import io.sluice.table.KeyRule;
import io.sluice.table.TableId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

final class LaneRouterTest {
    private static final int LANES = 4;
    private static final TableId TABLE = new TableId("", "orders");

    private final LaneRouter router =
            new LaneRouter(WriteOrdering.PARTITION, new KeyRule(KeyMode.AUTO, InsertMode.UPSERT), LANES);

    /** A task may have any of a topic's partitions; every second one, say, as the second of two tasks. */
    @Test
    void spreadsPartitionsEvenlyWhicheverTheTaskHas() {
        List<Integer> lanes = IntStream.range(0, 2 * LANES)
                .mapToObj(number -> lane(2 * number + 1, 0))
                .toList();

        assertThat(lanes).containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2, 3, 3);
    }

    @Test
    void keepsThePartitionInItsLane() {
        int first = lane(7, 0);
        int other = lane(3, 0);

        assertThat(lane(7, 1)).isEqualTo(first);
        assertThat(lane(3, 1)).isEqualTo(other).isNotEqualTo(first);
    }

    private int lane(int partition, long offset) {
        SinkRecord record = new SinkRecord("orders", partition, null, null, null, Map.of("id", 1), offset);
        SinkConfig config = SinkConfig.parse(Map.of("connection.url", "jdbc:postgresql://localhost/none"));
        Change change = new RecordDecoder(config.records(), IdentifierCase.AS_IS)
                .decode(record, new Origin(new TopicPartition("orders", partition), offset))
                .get(0);
        return router.lane(TABLE, change);
    }
}
