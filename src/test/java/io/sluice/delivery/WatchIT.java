package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody locks the table from a terminal and goes for lunch: the task says who. */
@ExtendWith(HarnessExtension.class)
final class WatchIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);

    @Test
    void namesWhoHoldsTheLock(Scenario test) throws SQLException {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = TaskRun.start(database, Settings.of(Rows.INTO_TABLE, Map.of("lock.timeout.ms", "2000")))) {
            task.open(ZERO);
            task.put(Rows.rows(ZERO, 0, 1_000, 1));
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 1_000L)));
            assertThat(anomaly()).isEmpty();

            try (Connection terminal = database.connect();
                    Statement statement = terminal.createStatement()) {
                int pid = lock(statement);
                task.put(Rows.rows(ZERO, 1_000, 1_000, 2));
                String holder = "lock held by pid " + pid + ", application psql, idle in transaction";
                task.callUntil(
                        "the task to name the holder of the lock",
                        () -> anomaly().contains(holder));
                assertThat(Beans.number("task", "", "Anomalies")).isPositive();
                statement.execute("ROLLBACK");
            }
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 2_000L)));
            task.callUntil("nothing to be out of the ordinary", () -> Beans.number("task", "", "Anomalies") == 0);
            assertThat(anomaly()).isEmpty();
        }
    }

    private static int lock(Statement statement) throws SQLException {
        statement.execute("SET application_name = 'psql'");
        statement.execute("BEGIN");
        statement.execute("LOCK TABLE versions IN ACCESS EXCLUSIVE MODE");
        try (ResultSet pid = statement.executeQuery("SELECT pg_backend_pid()")) {
            pid.next();
            return pid.getInt(1);
        }
    }

    private static String anomaly() {
        return (String) Beans.value("task", "", "Anomaly");
    }
}
