package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records are counted once, and for what they are. */
@ExtendWith(HarnessExtension.class)
final class CountedRecordsIT {
    private static final TopicPartition ZERO = new TopicPartition("orders", 0);

    @Test
    void aRecordThatGivesARowAnotherKeyIsOne(Scenario test) {
        Rows.createTable(test.database());
        Map<String, String> settings = Map.of(
                "pk.mode", "record_value", "pk.fields", "id", "record.format", "debezium", "delete.enabled", "true");
        try (TaskRun task = TaskRun.start(test.database(), Settings.of(Rows.INTO_TABLE, settings))) {
            task.open(ZERO);
            task.put(
                    Rows.value(ZERO, 0, Map.of("op", "c", "after", row(1))),
                    Rows.value(ZERO, 1, Map.of("op", "u", "before", row(1), "after", row(2))));
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 2L)));

            assertThat(task.counter("RecordsWritten")).isEqualTo(2);
        }
        assertThat(Rows.versions(test.database())).containsOnlyKeys(2L);
    }

    @Test
    void deletionsForATableThatIsNotThereAreNotReplacedByAnything(Scenario test) {
        Map<String, String> settings = Map.of("pk.mode", "record_key", "auto.create", "true", "delete.enabled", "true");
        try (TaskRun task = TaskRun.start(test.database(), Settings.of(Rows.INTO_TABLE, settings))) {
            task.open(ZERO);
            task.put(deletion(0), deletion(1), deletion(2));
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 3L)));

            assertThat(task.counter("RecordsDeduplicated")).isZero();
            assertThat(task.counter("RecordsSkipped")).isEqualTo(3);
        }
    }

    private static Map<String, Object> row(long id) {
        return Map.of("id", id, "version", 1L);
    }

    private static SinkRecord deletion(long offset) {
        return new SinkRecord("orders", 0, null, Map.of("id", offset), null, null, offset);
    }
}
