package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A compacted topic may begin with the tombstones of rows that nobody remembers. */
@ExtendWith(HarnessExtension.class)
final class LeadingTombstonesIT {
    private static final TopicPartition ZERO = new TopicPartition("orders", 0);
    private static final int TOMBSTONES = 20_000;

    @Test
    void areNotWaitedForOneByOne(Scenario test) {
        List<SinkRecord> records = new ArrayList<>();
        for (int i = 0; i < TOMBSTONES; i++) {
            records.add(new SinkRecord("orders", 0, null, Map.of("id", (long) i), null, null, i));
        }
        records.add(
                new SinkRecord("orders", 0, null, Map.of("id", 1L), null, Map.of("id", 1L, "version", 1L), TOMBSTONES));
        records.add(new SinkRecord("orders", 0, null, Map.of("id", 7L), null, null, TOMBSTONES + 1));
        Map<String, String> settings =
                Settings.of(Rows.INTO_TABLE, Map.of("auto.create", "true", "delete.enabled", "true"));
        try (TaskRun task = TaskRun.start(test.database(), settings)) {
            task.open(ZERO);
            task.put(records);
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, TOMBSTONES + 2L)));
        }

        assertThat(test.database().column("SELECT id::int FROM versions")).containsExactly(1);
    }
}
