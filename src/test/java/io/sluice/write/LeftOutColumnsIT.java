package io.sluice.write;

import static io.sluice.harness.Database.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.WriteMethod;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Columns of which inserted rows say nothing, where it makes a difference whether they are named. */
@ExtendWith(HarnessExtension.class)
final class LeftOutColumnsIT {
    private static final Map<String, String> SETTINGS =
            Items.settings(WriteMethod.AUTO, Map.of("insert.mode", "insert"));

    @Test
    void aViewGivesTheDefaultsOfItsTable(Scenario test) throws SQLException {
        Database database = test.database();
        database.execute(
                "CREATE TABLE goods (id bigint PRIMARY KEY, state text DEFAULT 'new', item text)",
                "CREATE VIEW t AS SELECT * FROM goods");
        write(database);

        assertThat(database.rows("SELECT * FROM goods")).containsExactly(row(1L, "new", "pen"));
    }

    @Test
    void aViewMayHaveColumnsThatTakeNoValue(Scenario test) throws SQLException {
        Database database = test.database();
        database.execute(
                "CREATE TABLE goods (id bigint PRIMARY KEY, item text)",
                "CREATE VIEW t AS SELECT id, item, upper(item) AS loud FROM goods");
        write(database);

        assertThat(database.rows("SELECT * FROM t")).containsExactly(row(1L, "pen", "PEN"));
    }

    @Test
    void aRoleMayHaveTheRightToSomeColumnsOnly(Scenario test) throws SQLException {
        Database database = test.database();
        database.execute("CREATE TABLE t (id bigint PRIMARY KEY, item text, secret text)");
        try (Role role = Role.withoutTemporaryTables(database)) {
            database.execute(
                    "REVOKE ALL ON t FROM PUBLIC, " + role.database().user(),
                    "GRANT SELECT, INSERT (id, item) ON t TO " + role.database().user());
            write(role.database());
        }

        assertThat(database.rows("SELECT * FROM t")).containsExactly(row(1L, "pen", null));
    }

    private static void write(Database database) throws SQLException {
        try (Pipe pipe = new Pipe(database, SETTINGS)) {
            pipe.write("t", List.of(new SinkRecord("t", 0, null, Map.of("id", 1L), null, Map.of("item", "pen"), 0)));
        }
    }
}
