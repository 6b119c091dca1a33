package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.CrashPoint;
import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bad record that goes to Connect's dead letter queue is done with when Connect has confirmed it, and not before. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // Locks are held, and a gate is closed early and once more at the end.
final class ReportedRecordsIT {
    private static final TopicPartition ZERO = new TopicPartition("orders", 0);
    private static final Map<String, String> TOLERANT = Settings.of(Rows.INTO_TABLE, Map.of("errors.tolerance", "all"));

    private final Reporter reporter = new Reporter();

    /** The offset stays before a record that Connect has not confirmed. */
    @Test
    @CrashPoint(15)
    void waitsForConnectToConfirm(Scenario test) {
        Database database = test.database();
        createTable(database);
        List<SinkRecord> records = new ArrayList<>(Rows.rows(ZERO, 0, 100, 1));
        records.set(40, Rows.row(ZERO, 40, 41, 1_000));
        try (TaskRun task = TaskRun.start(database, TOLERANT, reporter)) {
            task.open(ZERO);
            task.put(records);
            awaitReport(task);
            task.callUntil(
                    "the others to be durable", () -> Rows.versions(database).size() == 99);
            assertThat(task.preCommit()).isEqualTo(Map.of(ZERO, 40L));
            assertThat(reporter.reported()).containsExactly(records.get(40));

            reporter.confirm();
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 100L)));
        }
    }

    @Test
    @CrashPoint(15)
    void failsWhereConnectCannotKeepIt(Scenario test) {
        Database database = test.database();
        createTable(database);
        try (TaskRun task = TaskRun.start(database, TOLERANT, reporter)) {
            task.open(ZERO);
            task.put(Rows.row(ZERO, 0, 1, 1), Rows.row(ZERO, 1, 2, 1_000), Rows.row(ZERO, 2, 3, 1));
            awaitReport(task);

            reporter.fail(new KafkaException("tr0ub4dor"));

            assertThat(task.failure())
                    .contains("topic orders, partition 0, offset 1", "dead letter queue")
                    .doesNotContain("tr0ub4dor");
            assertThat(task.revoke(ZERO)).isEqualTo(Map.of(ZERO, 1L));
        }
    }

    /**
     * A record before it is not written yet, one after it is, and the worker dies. By then the table would take the bad one:
     * an old value over a newer one, which does not come again.
     */
    @Test
    @CrashPoint(15)
    void neverComesBackToWhatConnectHasConfirmed(Scenario test) {
        Database database = test.database();
        createTable(database);
        Rows.createTable(database, "locked");
        Map<String, String> exact = Map.of(
                "errors.tolerance",
                "all",
                "lock.timeout.ms",
                "300",
                "table.name.format",
                "${field.goes}",
                "fields.blacklist",
                "goes",
                "delivery.guarantee",
                "exactly_once",
                "consumer.override.isolation.level",
                "read_committed");
        List<SinkRecord> records = List.of(to("locked", 0, 7, 1), to(Rows.TABLE, 1, 1, 1_000), to(Rows.TABLE, 2, 1, 2));
        reporter.confirm();
        try (Locks lock = Locks.writes(database, "locked");
                FaultyProxy gate = FaultyProxy.before(database);
                TaskRun task = TaskRun.start(gate.database(), exact, reporter)) {
            own(task);
            task.put(records.subList(0, 2));
            awaitReport(task);
            task.put(records.subList(2, 3));
            task.callUntil("the newer value", () -> Map.of(1L, 2L).equals(Rows.versions(database)));
            gate.close();
        }
        database.execute("ALTER TABLE versions DROP CONSTRAINT versions_version_check");
        try (TaskRun task = TaskRun.start(database, exact, reporter)) {
            own(task);
            task.put(records);
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 3L)));
        }

        assertThat(Rows.versions(database)).isEqualTo(Map.of(1L, 2L));
        assertThat(Rows.versions(database, "locked")).isEqualTo(Map.of(7L, 1L));
    }

    /** The ledger gives the partition to the task, which reads it from where the ledger says. */
    private static void own(TaskRun task) {
        task.open(ZERO);
        task.callUntil("the partition", () -> task.paused().isEmpty());
        task.takeSeeks();
    }

    private void awaitReport(TaskRun task) {
        task.callUntil(
                "the bad record to be reported", () -> !reporter.reported().isEmpty());
    }

    private static void createTable(Database database) {
        Rows.createTable(database);
        database.execute("ALTER TABLE versions ADD CHECK (version < 1000)");
    }

    private static SinkRecord to(String table, long offset, long id, long version) {
        return Rows.value(ZERO, offset, Map.of("id", id, "version", version, "goes", table));
    }
}
