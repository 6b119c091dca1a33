package io.sluice.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.FakeContext;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.metrics.PartitionProgress;
import io.sluice.metrics.TaskMetrics;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever is behind is not helped by many questions. */
@ExtendWith(HarnessExtension.class)
final class CauseIT {
    private static final int TOPICS = 5;
    private static final int SECONDS = 60;

    @Test
    void isAskedForOnceInALook(Scenario test) {
        AtomicLong nanos = new AtomicLong();
        Counted connections = new Counted(test);
        try (TaskMetrics metrics =
                        TaskMetrics.show("watched", 0, new TaskMetrics.Limits(1_000, 1_000), new FakeContext(null));
                Watch watch = new Watch(metrics, connections, Thread::new, nanos::get)) {
            for (int second = 1; second <= SECONDS; second++) {
                nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
                for (int topic = 0; topic < TOPICS; topic++) {
                    long open = 10_000L * second;
                    metrics.progress(
                            new TopicPartition("topic" + topic, 0), new PartitionProgress(open, 0, open, 0, 0));
                }
                long before = connections.count;
                watch.look();
                assertThat(connections.count - before)
                        .as("connections in look %d", second)
                        .isLessThanOrEqualTo(1);
            }
        }
        assertThat(connections.count).isPositive();
    }

    /** Connections of the test's database, counted. */
    private static final class Counted implements DataSource {
        private final Scenario test;
        private long count;

        private Counted(Scenario test) {
            this.test = test;
        }

        @Override
        public Connection getConnection() throws SQLException {
            count++;
            return test.database().connect();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            // Nobody writes.
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // The database has one of its own.
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("there is nothing inside");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
