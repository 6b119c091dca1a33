package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.WriteMethod;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.ledger.Claim;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is to blame is found by every method, in a role that may make no temporary table. */
@ExtendWith(HarnessExtension.class)
final class RefusingColumnIT {
    private static final List<WriteMethod> METHODS = List.of(WriteMethod.AUTO, WriteMethod.UNNEST, WriteMethod.ROWS);

    /** Types of columns, each with a value that it refuses. */
    private static final Map<String, Object> REFUSED = Map.ofEntries(
            Map.entry("varchar(3)", "abcd"),
            Map.entry("varchar(4)", "abc    d"),
            Map.entry("char(3)", "abcd"),
            Map.entry("numeric(5, 2)", 1000),
            Map.entry("smallint[]", List.of("70000")),
            Map.entry("varchar(3)[]", List.of("abcd")),
            Map.entry("bit(3)", "1"),
            Map.entry("inet", "nowhere"),
            Map.entry("mood", "grumpy"),
            Map.entry("short", "abcd"),
            Map.entry("positive", -1),
            Map.entry("pair", "(x,y)"),
            Map.entry("date", "2023-02-29"));

    @Test
    void findsTheColumnWhoseTypeRefusesTheValue(Scenario test) throws SQLException {
        Database database = test.database();
        database.execute(
                "CREATE TYPE mood AS ENUM ('fine')",
                "CREATE TYPE pair AS (a int, b int)",
                "CREATE DOMAIN short AS varchar(3)",
                "CREATE DOMAIN present AS int NOT NULL",
                "CREATE DOMAIN positive AS int CHECK (VALUE > 0)");
        List<String> types = List.copyOf(REFUSED.keySet());
        for (int i = 0; i < types.size(); i++) {
            database.execute(
                    "CREATE TABLE t" + i + " (id bigint PRIMARY KEY, n present DEFAULT 1, before varchar(3), culprit "
                            + types.get(i) + ", after varchar(4))");
        }
        try (Role role = Role.withoutTemporaryTables(database)) {
            for (WriteMethod method : METHODS) {
                try (Pipe pipe = new Pipe(role.database(), settings(method))) {
                    for (int i = 0; i < types.size(); i++) {
                        Object value = REFUSED.get(types.get(i));
                        Map<String, Object> fields = Map.of("n", 1, "before", "abc ", "culprit", value, "after", "x");
                        assertThat(blamed(pipe, method, "t" + i, fields))
                                .as("%s by %s", types.get(i), method)
                                .isEqualTo("culprit");
                    }
                }
            }
        }
    }

    @Test
    void blamesNobodyWhereEachValueIsFine(Scenario test) throws SQLException {
        test.database().execute("CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, CHECK (a < b))");
        try (Role role = Role.withoutTemporaryTables(test.database())) {
            try (Pipe pipe = new Pipe(role.database(), settings(WriteMethod.AUTO))) {
                assertThat(blamed(pipe, WriteMethod.AUTO, "t", Map.of("a", 2, "b", 1)))
                        .isEqualTo("nobody");
            }
        }
    }

    private static Map<String, String> settings(WriteMethod method) {
        return Map.of("pk.mode", "record_key", "write.method", method.name());
    }

    /** The column that is found after the row was refused. */
    private static String blamed(Pipe pipe, WriteMethod method, String table, Map<String, Object> fields)
            throws SQLException {
        pipe.add(table, pipe.decode(new SinkRecord("t", 0, null, Map.of("id", 1L), null, fields, 0)));
        BatchWriter writer = pipe.writer(method);
        assertThatThrownBy(() -> writer.write(pipe.session(), pipe.batch(), Claim.NONE))
                .isInstanceOf(SQLException.class);
        pipe.session().rollback();
        String column = writer.refusingColumn(pipe.session(), pipe.batch()).orElse("nobody");
        pipe.clear();
        return column;
    }
}
