package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.FaultyProxy;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server takes nobody: one lane goes on trying, the others wait for its first answer, and nothing more comes in. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class BreakerIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    /** Longer than any lane would wait between two tries. */
    private static final Duration WHILE = Duration.ofMillis(1_500);

    /** Whoever comes is told that the server is starting, and before that stands at a door where he can be counted. */
    @Test
    void oneLaneTriesForAll(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        Map<String, String> settings = Map.of("write.parallelism", "4", "breaker.failures", "3");
        try (TaskRun task = TaskRun.start(database, Settings.of(Rows.INTO_TABLE, settings))) {
            task.open(ZERO, ONE);
            task.put(Rows.rows(ZERO, 0, 100, 1));
            task.callUntil("the first rows", () -> task.preCommit().equals(Map.of(ZERO, 100L)));
            database.execute(
                    "CREATE TABLE door ()",
                    """
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        LOCK TABLE door IN ROW SHARE MODE;
                        RAISE EXCEPTION 'starting' USING ERRCODE = 'cannot_connect_now';
                    END $$""",
                    "CREATE TRIGGER refuses BEFORE INSERT ON versions FOR EACH STATEMENT EXECUTE FUNCTION refuse()");
            task.put(Rows.rows(ZERO, 100, 100, 1));
            task.callUntil("all partitions to be held back", () -> task.paused().size() == 2);
            try (Locks door = Locks.table(database, "door")) {
                test.await().until("a lane at the door", () -> atTheDoor(database) == 1);
                long since = System.nanoTime();
                Await.atMost(WHILE.multipliedBy(2)).until("some time to pass", () -> {
                    assertThat(atTheDoor(database)).as("lanes at the door").isEqualTo(1);
                    return System.nanoTime() - since > WHILE.toNanos();
                });
            }
            database.execute("CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                    + "$$ BEGIN RETURN NULL; END $$");
            task.callUntil("all rows", () -> task.preCommit().equals(Map.of(ZERO, 200L)));
            task.callUntil("the partitions to flow", () -> task.paused().isEmpty());
        }
        assertThat(database.count(Rows.TABLE)).isEqualTo(200);
    }

    /** Connections are accepted and never answered: not even an error code comes back. */
    @Test
    void nothingIsABadRecordWhileNobodyAnswers(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        Map<String, String> tolerant = Settings.of(Rows.INTO_TABLE, Map.of("errors.tolerance", "all"));
        try (FaultyProxy gate = FaultyProxy.before(database);
                TaskRun task = TaskRun.start(gate.database(), tolerant)) {
            task.open(ZERO);
            task.put(Rows.row(ZERO, 0, 1, 1));
            task.callUntil("the first row", () -> task.preCommit().equals(Map.of(ZERO, 1L)));
            gate.shut();
            task.put(Rows.rows(ZERO, 1, 10, 1));
            task.callUntil("some tries", () -> task.retries() >= 6 || task.counter("DeadLetters") > 0);
            assertThat(task.counter("DeadLetters")).isZero();

            gate.speak();
            task.callUntil("all rows", () -> task.preCommit().equals(Map.of(ZERO, 11L)));
            assertThat(task.counter("DeadLetters")).isZero();
        }
        assertThat(database.count(Rows.TABLE)).isEqualTo(11);
    }

    private static long atTheDoor(Database database) {
        return database.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name LIKE 'sluice %' AND wait_event_type = 'Lock'");
    }
}
