package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A record that cannot be written ends the task, by name; everything before it is durable and nothing beyond is committed. */
@ExtendWith(HarnessExtension.class)
final class BadRecordIT {
    private static final TopicPartition TWO = new TopicPartition("orders", 2);
    private static final int BAD = 57;

    @Test
    void stopsAtARecordThatPostgresRefuses(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        database.execute("ALTER TABLE versions ADD CHECK (version < 1000)");

        stopsAt(Rows.row(TWO, BAD, BAD + 1, 1_000), database);
    }

    @Test
    void stopsAtARecordThatDoesNotFitItsColumn(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);

        stopsAt(Rows.value(TWO, BAD, Map.of("id", BAD + 1, "version", "not a number")), database);
    }

    @Test
    void stopsAtARecordThatIsNoRowAtAll(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);

        // A plain text would be one: a column of that name may take it.
        stopsAt(Rows.value(TWO, BAD, List.of("no row")), database);
    }

    /** Connect counts them as consumed, and nobody has written them. */
    @Test
    void commitsNothingOfOtherPartitionsThatCameAfterIt(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        TopicPartition other = new TopicPartition("orders", 3);
        try (TaskRun task = TaskRun.start(database, Rows.INTO_TABLE)) {
            task.open(TWO, other);
            task.put(Rows.value(TWO, 0, List.of("no row")), Rows.row(other, 0, 1, 1));

            assertThat(task.failure()).contains("topic orders, partition 2, offset 0");
            assertThat(task.revoke(TWO, other)).isEqualTo(Map.of(TWO, 0L, other, 0L));
        }
        assertThat(database.count(Rows.TABLE)).isZero();
    }

    private static void stopsAt(SinkRecord bad, Database database) {
        List<SinkRecord> records = new ArrayList<>(Rows.rows(TWO, 0, 100, 1));
        records.set(BAD, bad);
        try (TaskRun task = TaskRun.start(database, Settings.of(Rows.INTO_TABLE, Map.of("batch.size", "10")))) {
            task.open(TWO);
            task.put(records);
            Throwable failure = Await.atMost(Duration.ofSeconds(30))
                    .until("the task to fail", () -> catchThrowable(task::put), problem -> problem != null);

            assertThat(failure)
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("orders")
                    .hasMessageMatching("(?s).*\\b2\\b.*")
                    .hasMessageMatching("(?s).*\\b" + BAD + "\\b.*");
            // Connect asks once more on its way out.
            assertThat(task.revoke(TWO)).containsExactlyEntriesOf(Map.of(TWO, (long) BAD));
            assertThat(database.number("SELECT count(*) FROM versions WHERE id <= " + BAD))
                    .isEqualTo(BAD);
            assertThat(Rows.versions(database)).doesNotContainKey(BAD + 1L);
        }
    }
}
