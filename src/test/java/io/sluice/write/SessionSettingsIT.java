package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a session is told at its start. */
@ExtendWith(HarnessExtension.class)
final class SessionSettingsIT {
    @Test
    void outlastTheRollbackOfTheFirstTransaction(Scenario test) throws SQLException {
        Map<String, String> settings = Map.of("lock.timeout.ms", "1234", "statement.timeout.ms", "56789");
        try (Pipe pipe = new Pipe(test.database(), settings)) {
            pipe.session().rollback();

            assertThat(setting(pipe, "lock_timeout")).isEqualTo(1_234);
            assertThat(setting(pipe, "statement_timeout")).isEqualTo(56_789);
            assertThat(setting(pipe, "idle_in_transaction_session_timeout")).isPositive();
        }
    }

    /** The ledger waits for a lock, and has to see then what its holder has committed. */
    @Test
    void readWhatIsCommittedWhateverTheServersDefaultIs(Scenario test) throws SQLException {
        Database database = test.database();
        database.execute("ALTER DATABASE \"" + database.name() + "\" SET default_transaction_isolation = serializable");
        try (Pipe pipe = new Pipe(database, Map.of())) {
            assertThat(Items.number(
                            pipe,
                            "SELECT count(*) WHERE current_setting('transaction_isolation') = 'read committed'"
                                    + " AND current_setting('default_transaction_isolation') = 'read committed'"))
                    .isOne();
        }
    }

    private static long setting(Pipe pipe, String name) throws SQLException {
        return Items.number(pipe, "SELECT setting::bigint FROM pg_settings WHERE name = '" + name + "'");
    }
}
