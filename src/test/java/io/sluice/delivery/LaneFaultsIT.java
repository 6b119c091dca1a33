package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.AbstractList;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a lane meets that is no answer of PostgreSQL: nothing comes back at all, or its own code fails. */
@ExtendWith(HarnessExtension.class)
final class LaneFaultsIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);

    /** Whether or not the first transaction of its session was rolled back. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStatementThatHangsIsEndedAndTriedAgain(boolean rolledBack, Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        database.execute(
                "ALTER TABLE versions ADD CHECK (version < 1000)",
                "CREATE SEQUENCE tries",
                """
                CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.id = 3 AND nextval('tries') <= 2 THEN
                        PERFORM pg_sleep(3600);
                    END IF;
                    RETURN NEW;
                END $$""",
                "CREATE TRIGGER hangs BEFORE INSERT ON versions FOR EACH ROW EXECUTE FUNCTION hang()");
        Map<String, String> settings = Settings.of(
                Rows.INTO_TABLE,
                Map.of("statement.timeout.ms", "500", "errors.tolerance", "all", "write.parallelism", "1"));
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(ZERO);
            task.put(Rows.row(ZERO, 0, 1, 1));
            task.callUntil("the first row", () -> task.preCommit().equals(Map.of(ZERO, 1L)));
            if (rolledBack) {
                database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name LIKE 'sluice direct%'");
            }
            task.put(Rows.row(ZERO, 1, 2, rolledBack ? 1_000 : 1));
            task.callUntil("the second one", () -> task.preCommit().equals(Map.of(ZERO, 2L)));
            long before = task.retries();

            task.put(Rows.row(ZERO, 2, 3, 1));

            task.callUntil("the third row", () -> task.preCommit().equals(Map.of(ZERO, 3L)));
            assertThat(task.retries()).isEqualTo(before + 2);
        }
        assertThat(Rows.versions(database)).containsEntry(3L, 1L);
    }

    /** The task does not go on without the lane as if nothing had happened. */
    @Test
    void aLaneThatDiesFailsTheTask(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE documents (id bigint PRIMARY KEY, document jsonb)");
        Map<String, String> settings = Map.of("table.name.format", "documents", "write.parallelism", "1");
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(ZERO);
            task.put(Rows.value(ZERO, 0, Map.of("id", 1L, "document", Map.of("a", 1))));
            task.callUntil("the first row", () -> task.preCommit().equals(Map.of(ZERO, 1L)));
            task.put(
                    Rows.value(ZERO, 1, Map.of("id", 2L, "document", new ForOneThread())),
                    Rows.value(ZERO, 2, Map.of("id", 3L, "document", Map.of("a", 3))));

            assertThat(task.failure())
                    .contains("A lane ended unexpectedly", LinkageError.class.getName(), "restart the task")
                    .doesNotContain("tr0ub4dor");
            // Connect asks once more on its way out.
            assertThat(task.revoke(ZERO)).isEqualTo(Map.of(ZERO, 1L));
        }
        assertThat(database.count("documents")).isEqualTo(1);
    }

    /** A fault of the program; a value's would be an exception. Only the thread that has made it can read it. */
    private static final class ForOneThread extends AbstractList<String> {
        private final Thread reader = Thread.currentThread();

        @Override
        public String get(int index) {
            if (!Thread.currentThread().equals(reader)) {
                throw new LinkageError("tr0ub4dor");
            }
            return "a";
        }

        @Override
        public int size() {
            return 1;
        }
    }
}
