package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Texts that go into columns of times: those of ISO 8601 as times, all others for PostgreSQL to read. */
@ExtendWith(HarnessExtension.class)
final class TextTimesIT {
    private static final int MANY = 5_000;
    private static final TopicPartition PARTITION = new TopicPartition("items", 0);

    @Test
    void needNoCastInTheirCommonForm(Scenario test) {
        Database database = table(test);
        try (TaskRun task = start(database)) {
            write(
                    task,
                    IntStream.range(0, MANY)
                            .mapToObj(i -> record(i, i, "2026-11-25T22:21:03.25+01:00"))
                            .toList());

            assertThat(task.counter("StraightCopies")).isEqualTo(1);
        }
        assertThat(database.rows("SELECT count(*) FROM items WHERE at = '2026-11-25 21:21:03.25Z'"))
                .containsExactly(Database.row((long) MANY));
    }

    @Test
    void keepTheirOrderWhicheverFormTheyHave(Scenario test) {
        Database database = table(test);
        List<String> texts = List.of("2026-11-25T22:21:03Z", "26 November 2026 1:00 UTC", "2026-11-25 22:21:03+00:00");
        try (TaskRun task = start(database)) {
            write(
                    task,
                    IntStream.range(0, 9)
                            .mapToObj(i -> record(i, i % 3, texts.get((i + i / 3) % 3)))
                            .toList());
        }
        assertThat(database.texts("SELECT id, at AT TIME ZONE 'UTC' FROM items ORDER BY id"))
                .containsExactly(
                        List.of("0", "2026-11-25 22:21:03"),
                        List.of("1", "2026-11-25 22:21:03"),
                        List.of("2", "2026-11-26 01:00:00"));
    }

    private static Database table(Scenario test) {
        test.database().execute("CREATE TABLE items (id bigint PRIMARY KEY, at timestamptz)");
        return test.database();
    }

    private static TaskRun start(Database database) {
        TaskRun task = TaskRun.start(database, Map.of("write.parallelism", "1"));
        task.open(PARTITION);
        return task;
    }

    private static SinkRecord record(int offset, long id, String at) {
        return new SinkRecord("items", 0, null, null, null, Map.of("id", id, "at", at), offset);
    }

    private static void write(TaskRun task, List<SinkRecord> records) {
        task.put(records);
        task.callUntil("all records to be durable", () -> task.counter("QueuedRecords") == 0);
    }
}
