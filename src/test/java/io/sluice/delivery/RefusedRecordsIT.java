package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What fails for one record alone costs that record, whatever it is that says no. */
@ExtendWith(HarnessExtension.class)
final class RefusedRecordsIT {
    private static final TopicPartition ZERO = new TopicPartition("orders", 0);
    private static final Map<String, String> TOLERANT =
            Settings.of(Rows.INTO_TABLE, Map.of("errors.tolerance", "all", "latency.target.ms", "60000"));

    @Test
    void aValueThatCannotEvenBeReadIsABadRecord(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = TaskRun.start(database, TOLERANT)) {
            task.open(ZERO);
            task.put(Rows.value(ZERO, 0, new BrokenMap()), Rows.row(ZERO, 1, 2, 1));
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 2L)));
            assertThat(task.counter("DeadLetters")).isOne();
        }

        assertThat(Rows.versions(database)).containsOnlyKeys(2L);
    }

    /** As a converter may give it that reads its bytes only when it is asked. */
    private static final class BrokenMap extends AbstractMap<String, Object> {
        @Override
        public Set<Entry<String, Object>> entrySet() {
            throw new IllegalStateException("no entries");
        }
    }
}
