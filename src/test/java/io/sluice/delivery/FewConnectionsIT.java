package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.NeedsOwnPostgres;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The role has fewer connections than the task would like: it shares what there is, and nothing stops. */
@ExtendWith(HarnessExtension.class)
@NeedsOwnPostgres
@SuppressWarnings("try") // A connection of somebody else is there to be held.
final class FewConnectionsIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final String SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE usename = ?";
    private static final Duration WHILE = Duration.ofSeconds(4);

    @ParameterizedTest
    @CsvSource({
        "1, at_least_once, auto",
        "1, exactly_once, auto",
        "1, at_most_once, auto",
        "1, exactly_once, copy",
        "1, exactly_once, unnest",
        "1, exactly_once, rows",
        "2, exactly_once, auto",
        "3, at_least_once, auto"
    })
    void allLanesWriteThroughThem(int limit, String guarantee, String method, Scenario test) {
        Database database = limited(test, limit);
        Rows.createTable(database);
        Map<String, String> settings = Map.of(
                "delivery.guarantee",
                guarantee,
                "write.method",
                method,
                "errors.tolerance",
                "all",
                "errors.table",
                "letters");
        try (TaskRun task = TaskRun.start(database, Settings.of(Rows.INTO_TABLE, settings))) {
            task.open(ZERO, ONE);
            task.callUntil("the partitions to be ours", () -> task.paused().isEmpty());
            task.put(Rows.rows(ZERO, 0, 1_000, 1));
            task.put(Stream.concat(
                            Rows.rows(ONE, 0, 1_000, 1).stream(),
                            Stream.of(Rows.value(ONE, 1_000, "neither a Struct nor a Map")))
                    .toList());

            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 1_000L, ONE, 1_001L)));

            assertThat(task.counter("Retries")).isZero();
        }
        assertThat(database.count(Rows.TABLE)).isEqualTo(1_000);
        assertThat(database.count("letters")).isOne();
    }

    /** Five records a second over fifty keys. */
    @Test
    void aTrickleTakesOneSessionAndNoMore(Scenario test) {
        Database database = limited(test, 50);
        Rows.createTable(database);
        try (TaskRun task = TaskRun.start(database, Rows.INTO_TABLE)) {
            task.open(ZERO);
            for (int i = 0; i < 20; i++) {
                int id = i;
                task.put(Rows.row(ZERO, id, id, 1));
                task.callUntil(
                        "the record to be durable", () -> task.preCommit().equals(Map.of(ZERO, id + 1L)));
                assertThat(sessions(test)).isOne();
            }
        }
        assertThat(database.count(Rows.TABLE)).isEqualTo(20);
    }

    @Test
    void muchWorkTakesASessionForEachLane(Scenario test) {
        Database database = limited(test, 50);
        Rows.createTable(database);
        try (TaskRun task = TaskRun.start(database, Rows.INTO_TABLE)) {
            task.open(ZERO);
            long[] next = {0};
            task.callUntil("four sessions", () -> {
                task.put(Rows.rows(ZERO, (int) next[0], 2_000, 1));
                next[0] += 2_000;
                return sessions(test) >= 4;
            });
        }
    }

    /** Others have them all for a while: nothing fails, and writing goes on once there is one again. */
    @Test
    void goesOnOnceThereIsOneAgain(Scenario test) throws Exception {
        Database database = limited(test, 1);
        Rows.createTable(test.database());
        test.database().execute("GRANT ALL ON " + Rows.TABLE + " TO few");
        try (var taken = database.connect();
                TaskRun task = TaskRun.start(database, Rows.INTO_TABLE)) {
            assertThat(taken.isValid(1)).isTrue();
            task.open(ZERO);
            task.put(Rows.rows(ZERO, 0, 100, 1));
            long began = System.nanoTime();
            Await.atMost(WHILE.multipliedBy(3)).until("some time to pass", () -> {
                task.put(List.of());
                return System.nanoTime() - began > WHILE.toNanos();
            });
            assertThat(test.database().count(Rows.TABLE)).isZero();
            taken.close();
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 100L)));
        }
    }

    private static long sessions(Scenario test) {
        return test.database().number(SESSIONS, "few");
    }

    /** The test's database as a role sees it that may have so many connections. */
    private static Database limited(Scenario test, int limit) {
        test.database()
                .execute(
                        "DROP ROLE IF EXISTS few",
                        "CREATE ROLE few LOGIN PASSWORD 'few' CONNECTION LIMIT " + limit,
                        "GRANT ALL ON DATABASE \"" + test.database().name() + "\" TO few",
                        "GRANT ALL ON SCHEMA public TO few");
        return test.database().as("few", "few");
    }
}
