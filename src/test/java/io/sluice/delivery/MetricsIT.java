package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After a known workload the numbers are known. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class MetricsIT {
    private static final TopicPartition ZERO = new TopicPartition("t.dotted", 0);
    private static final TopicPartition ONE = new TopicPartition("t.dotted", 1);
    private static final String OF_ZERO = ",topic=\"t.dotted\",partition=0";
    private static final Map<String, String> ONE_LANE =
            Map.of("write.parallelism", "1", "pk.mode", "record_key", "pk.fields", "id");

    @Test
    void countsRowsDeletionsAndWhatWasSuperfluous(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        List<SinkRecord> records = new ArrayList<>();
        for (int offset = 0; offset < 10; offset++) {
            records.add(keyed(ZERO, offset, offset + 1, Map.of("version", 1L)));
        }
        records.add(keyed(ZERO, 10, 1, Map.of("version", 2L)));
        records.add(keyed(ZERO, 11, 2, null));
        try (TaskRun task = start(database, Map.of("delete.enabled", "true"))) {
            task.open(ZERO);
            task.put(records);
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 12L)));

            assertThat(task.counter("RecordsReceived")).isEqualTo(12);
            assertThat(task.counter("RecordsWritten")).isEqualTo(12);
            assertThat(task.counter("RowsWritten")).isEqualTo(10);
            assertThat(task.counter("RowsDeleted")).isEqualTo(1);
            assertThat(task.counter("RecordsDeduplicated")).isEqualTo(2);
            assertThat(task.counter("RecordsSkipped")).isZero();
            assertThat(task.counter("BatchesCommitted")).isEqualTo(1);
            assertThat(task.counter("BytesWritten")).isPositive();
            assertThat(task.counter("Retries")).isZero();
            assertThat(Beans.number("latency", ",step=commit", "Count")).isEqualTo(1);
            assertThat(Beans.number("latency", ",step=transaction", "MaxMillis"))
                    .isGreaterThanOrEqualTo(Beans.number("latency", ",step=commit", "MaxMillis"));
            assertThat(Beans.number("latency", ",step=visible", "Count")).isEqualTo(2);
            assertThat(Beans.number("latency", ",step=visible", "P50Millis")).isGreaterThan(60_000);
            assertThat(Beans.number("task", "", "ConnectionsActive")).isPositive();
            assertThat(Beans.number("task", "", "LastCommitAgeSeconds")).isBetween(0.0, 60.0);
        }
        assertThat(database.count(Rows.TABLE)).isEqualTo(9);
        assertThat(Beans.labels("*", "type")).isEmpty();
    }

    @Test
    void countsWhatAskedForNothing(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of())) {
            task.open(ZERO);
            task.put(keyed(ZERO, 0, 1, Map.of("version", 1L)), keyed(ZERO, 1, 1, null));
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 2L)));

            assertThat(task.counter("RecordsSkipped")).isEqualTo(1);
            assertThat(task.counter("RowsWritten")).isEqualTo(1);
        }
    }

    @Test
    void tellsHowFarEachPartitionIs(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of())) {
            task.open(ZERO, ONE);
            assertThat(Beans.labels("partition", "partition")).containsExactlyInAnyOrder("0", "1");
            try (Locks lock = Locks.table(database, Rows.TABLE)) {
                task.put(keyed(ZERO, 7, 1, Map.of("version", 1L)), keyed(ZERO, 8, 2, Map.of("version", 1L)));
                task.callUntil("the partition to be reported", () -> partition("OpenRecords") == 2);
                task.callUntil("the lane to be at it", () -> Beans.number("task", "", "LanesBusy") == 1);

                assertThat(partition("LagRecords")).isEqualTo(2);
                assertThat(partition("LagSeconds")).isGreaterThan(60);
                assertThat(partition("DurableOffset")).isEqualTo(-1);
                assertThat(Beans.number("task", "", "QueueFill")).isEqualTo(2 / 100_000.0);
            }
            task.callUntil("all to be durable", () -> partition("DurableOffset") == 9);
            assertThat(partition("OpenRecords")).isZero();
            assertThat(partition("LagRecords")).isZero();
            assertThat(partition("LagSeconds")).isZero();
            assertThat(partition("CatchUpSeconds")).isZero();
            task.callUntil("the lane to rest", () -> Beans.number("task", "", "LanesBusy") == 0);

            task.revoke(ZERO);
            assertThat(Beans.labels("partition", "partition")).containsExactly("1");
        }
    }

    @Test
    void countsRetriesByTheClassOfTheirSqlState(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (FaultyProxy proxy = FaultyProxy.before(database);
                TaskRun task = start(proxy.database(), Map.of("lock.timeout.ms", "100"))) {
            task.open(ZERO);
            task.put(keyed(ZERO, 0, 1, Map.of("version", 1L)));
            task.callUntil("the first to be durable", () -> task.preCommit().equals(Map.of(ZERO, 1L)));
            assertThat(Beans.labels("retries", "sqlstate")).isEmpty();

            proxy.cut();
            task.put(keyed(ZERO, 1, 2, Map.of("version", 1L)));
            task.callUntil("the second to be durable", () -> task.preCommit().equals(Map.of(ZERO, 2L)));
            assertThat(Beans.labels("retries", "sqlstate")).containsExactly("08");
            assertThat(Beans.number("retries", ",sqlstate=08", "Count"))
                    .isPositive()
                    .isEqualTo((double) task.retries());

            try (Locks lock = Locks.table(database, Rows.TABLE)) {
                task.put(keyed(ZERO, 2, 3, Map.of("version", 1L)));
                task.callUntil(
                        "a lock to time out",
                        () -> Beans.labels("retries", "sqlstate").contains("55"));
            }
        }
    }

    @Test
    void tellsHowLongPartitionsWereHeldBack(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = start(database, Map.of("buffer.max.records", "1"))) {
            task.open(ZERO, ONE);
            try (Locks lock = Locks.table(database, Rows.TABLE)) {
                task.put(keyed(ZERO, 0, 1, Map.of("version", 1L)));
                assertThat(Beans.number("task", "", "PausedPartitions")).isEqualTo(2);
                assertThat(Beans.number("task", "", "PartitionsPausedByBuffer")).isEqualTo(2);
                assertThat(Beans.number("task", "", "QueueFill")).isEqualTo(1);
                task.callUntil("some time to pass", () -> Beans.number("task", "", "SecondsPausedByBuffer") > 0.2);
                assertThat(Beans.number("task", "", "StalledSeconds")).isGreaterThan(0.2);
            }
            task.callUntil("the partitions to flow", () -> task.paused().isEmpty());
            assertThat(Beans.number("task", "", "PausedPartitions")).isZero();
            assertThat(Beans.number("task", "", "StalledSeconds")).isZero();
            assertThat(Beans.number("task", "", "SecondsPausedByTable")).isZero();
        }
    }

    private static double partition(String attribute) {
        return Beans.number("partition", OF_ZERO, attribute);
    }

    private static TaskRun start(Database database, Map<String, String> settings) {
        return TaskRun.start(database, Settings.of(Rows.INTO_TABLE, ONE_LANE, settings));
    }

    private static SinkRecord keyed(
            TopicPartition partition, long offset, long id, @Nullable Map<String, Object> value) {
        return new SinkRecord(
                partition.topic(),
                partition.partition(),
                null,
                Map.of("id", id),
                null,
                value,
                offset,
                System.currentTimeMillis() - 100_000,
                TimestampType.CREATE_TIME);
    }
}
