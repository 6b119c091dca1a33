package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task that nobody has called for a while may have lost its partitions without having been told. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class LeaseIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final Duration LAPSE = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** A trigger counts the tries: a sequence keeps what a rollback takes back. */
    @ParameterizedTest
    @ValueSource(strings = {"at_least_once", "at_most_once"})
    void lanesHoldStillUntilTheTaskHasBeenAroundForAWhile(String guarantee, Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        database.execute(
                "CREATE SEQUENCE tries",
                "CREATE FUNCTION count_try() RETURNS trigger LANGUAGE plpgsql AS "
                        + "$$ BEGIN PERFORM nextval('tries'); RETURN NULL; END $$",
                "CREATE TRIGGER counts BEFORE INSERT ON versions FOR EACH STATEMENT EXECUTE FUNCTION count_try()");
        Map<String, String> settings = Settings.of(Rows.INTO_TABLE, Map.of("delivery.guarantee", guarantee));
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(ZERO);
            task.callUntil("the partition", () -> task.paused().isEmpty());
            task.takeSeeks();
            task.put(Rows.row(ZERO, 0, 1, 1));
            task.callUntil("the first row", () -> task.preCommit().equals(Map.of(ZERO, 1L)));
            try (Locks lock = Locks.row(database, Rows.TABLE, 2)) {
                task.put(Rows.row(ZERO, 1, 2, 1));
                long called = System.nanoTime();
                test.await().until("the lane to wait for the lock", () -> lanes(database, "wait_event_type = 'Lock'"));
                elapse(LAPSE, called);
            }
            test.await().until("its transaction to end", () -> !lanes(database, "state <> 'idle'"));
            long tries = tries(database);
            elapse(GRACE, System.nanoTime());

            assertThat(Rows.versions(database)).as("nobody has called").containsOnlyKeys(1L);
            assertThat(tries(database)).as("tries").isEqualTo(tries);

            long back = System.nanoTime();
            task.callUntil("the row", () -> Rows.versions(database).containsKey(2L));
            assertThat(Duration.ofNanos(System.nanoTime() - back))
                    .as("in which a heartbeat would have found out")
                    .isGreaterThan(GRACE);
            task.callUntil("its offset", () -> task.preCommit().equals(Map.of(ZERO, 2L)));
        }
    }

    private static boolean lanes(Database database, String condition) {
        return database.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name LIKE 'sluice %' AND " + condition)
                > 0;
    }

    private static long tries(Database database) {
        return database.number("SELECT last_value FROM tries");
    }

    /** The time itself is what is asked for here. */
    private static void elapse(Duration time, long since) {
        Await.atMost(time.multipliedBy(2)).until(time + " to pass", () -> System.nanoTime() - since > time.toNanos());
    }
}
