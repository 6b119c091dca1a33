package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.SinkConfig;
import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.NeedsOwnPostgres;
import io.sluice.harness.PostgresOptions;
import io.sluice.harness.PostgresServer;
import io.sluice.harness.Scenario;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(HarnessExtension.class)
@NeedsOwnPostgres
final class LookingPoolIT {
    /** After it HikariCP's own tries are five seconds apart, and the next one is three seconds away. */
    private static final Duration OUTAGE = Duration.ofSeconds(12);

    @Test
    void hasAConnectionForTheFirstWhoAsksAfterAnOutage(Scenario test) throws SQLException {
        PostgresServer server = test.startPostgres("leaving", PostgresOptions.forTests());
        Database database = server.createDatabase("pooled");
        try (Sessions sessions = Sessions.of(SinkConfig.parse(database.connectionConfig()), Thread::new)) {
            DataSource connections = sessions.connections();
            test.await().until("the first connection", () -> answers(connections));
            server.stop();
            long stopped = System.nanoTime();
            Await.atMost(OUTAGE.multipliedBy(2))
                    .until(
                            "the outage to be long enough",
                            () -> !answers(connections) && System.nanoTime() - stopped > OUTAGE.toNanos());
            server.start();

            assertThat(answers(connections)).isTrue();
        }
    }

    private static boolean answers(DataSource connections) {
        try (Connection connection = connections.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
