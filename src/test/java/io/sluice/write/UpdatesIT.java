package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.WriteMethod;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code insert.mode=update}, where PostgreSQL sees more in common than the bytes have. */
@ExtendWith(HarnessExtension.class)
final class UpdatesIT {
    private static final int NAMES = 200;

    @ParameterizedTest
    @EnumSource(WriteMethod.class)
    void theLastOfKeysThatAreEqualToPostgresqlWins(WriteMethod method, Scenario test) throws SQLException {
        Database database = test.database();
        database.execute(
                "CREATE EXTENSION citext",
                "CREATE TABLE t (id citext PRIMARY KEY, item text)",
                "INSERT INTO t SELECT 'bob ' || n FROM generate_series(1, " + NAMES + ") AS n",
                "ANALYZE t");
        List<SinkRecord> records = new ArrayList<>();
        for (String spelling : List.of("bob ", "Bob ", "BOB ")) {
            for (int i = 1; i <= NAMES; i++) {
                records.add(record(spelling + i, "item", spelling));
            }
        }
        try (Pipe pipe = new Pipe(database, Items.settings(method, Map.of("insert.mode", "update")))) {
            pipe.write(method, "t", records);
        }

        assertThat(database.column("SELECT DISTINCT item FROM t")).containsExactly("BOB ");
    }

    private static SinkRecord record(String id, String field, String value) {
        return new SinkRecord("t", 0, null, Map.of("id", id), null, Map.of(field, value), 0);
    }
}
