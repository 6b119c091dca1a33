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

/** Transactions have as many rows as the server writes in the time that one is to take. */
@ExtendWith(HarnessExtension.class)
final class BatchSizeIT {
    private static final int RECORDS = 3_000;
    private static final TopicPartition PARTITION = new TopicPartition("items", 0);

    @Test
    void aSlowTableGetsSmallTransactions(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE items (id bigint PRIMARY KEY)", """
                CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_sleep(0.001); RETURN NEW; END $$""", """
                CREATE TRIGGER slow BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION slow()""");
        List<SinkRecord> records = IntStream.range(0, RECORDS)
                .mapToObj(i -> new SinkRecord("items", 0, null, null, null, Map.of("id", (long) i), i))
                .toList();

        try (TaskRun task = TaskRun.start(
                database, Map.of("write.parallelism", "1", "batch.size", "1000", "latency.target.ms", "60"))) {
            task.open(PARTITION);
            task.put(records);
            task.callUntil(
                    "all records to be durable",
                    () -> task.preCommit().get(PARTITION).equals((long) RECORDS));
        }

        List<Long> rows = database.column("SELECT count(*) FROM items GROUP BY xmin::text ORDER BY min(id)").stream()
                .map(Long.class::cast)
                .toList();
        assertThat(rows.get(0)).isEqualTo(1_000);
        assertThat(rows.subList(8, rows.size() - 1))
                .isNotEmpty()
                .allSatisfy(count -> assertThat(count).isBetween(10L, 110L));
    }
}
