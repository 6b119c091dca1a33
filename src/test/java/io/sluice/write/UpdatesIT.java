package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.WriteMethod;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            amount         | 7
            char(5)        | ab
            varchar(5)     | ab
            numeric(6, 2)  | 1.005
            timestamp(0)   | 2026-11-22 12:00:00.4
            timestamptz(3) | 2026-11-22T12:00:00.00049Z
            time(1)        | 12:00:00.16
            timetz(2)      | 12:00:00.123+01
            bit(3)         | 101
            numeric(6,2)   | 1
            citext         | Ab
            """)
    void whatIsThereAlreadyIsNotWrittenAgain(String type, String value, Scenario test) throws SQLException {
        Database database = table(test, type);
        database.execute("INSERT INTO t VALUES ('a', '" + value + "')");
        Object before = database.column("SELECT ctid::text FROM t").get(0);
        update(database, value);

        assertThat(database.column("SELECT ctid::text FROM t")).containsExactly(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            amount         | 7   | 8
            char(5)        | ab  | abc
            numeric(6, 2)  | 1   | 1.01
            timestamp(0)   | 2026-11-22 12:00:00 | 2026-11-22 12:00:00.6
            """)
    void whatIsNotThereIsWritten(String type, String value, String other, Scenario test) throws SQLException {
        Database database = table(test, type);
        database.execute("INSERT INTO t VALUES ('a', '" + value + "')");
        update(database, other);

        assertThat(database.number("SELECT count(*) FROM t WHERE v = '" + other + "'::" + type))
                .isOne();
    }

    /** It is not held for the same once it is cut. */
    @Test
    void whatIsTooLongIsStillRefused(Scenario test) {
        for (String type : List.of("char(2)", "varchar(2)", "short")) {
            Database database = table(test, type);
            database.execute("INSERT INTO t VALUES ('a', 'ab')");

            assertThatThrownBy(() -> update(database, "abc"))
                    .as(type)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("too long");
            database.execute("DROP TABLE t", "DROP EXTENSION citext", "DROP DOMAIN amount", "DROP DOMAIN short");
        }
    }

    private static Database table(Scenario test, String type) {
        Database database = test.database();
        database.execute(
                "CREATE EXTENSION citext",
                "CREATE DOMAIN amount AS int CHECK (VALUE > 0)",
                "CREATE DOMAIN short AS varchar(2)",
                "CREATE TABLE t (id text PRIMARY KEY, v " + type + ")");
        return database;
    }

    private static void update(Database database, String value) throws SQLException {
        Map<String, String> more = Map.of("insert.mode", "update", "skip.unchanged", "true");
        try (Pipe pipe = new Pipe(database, Items.settings(WriteMethod.AUTO, more))) {
            pipe.write("t", List.of(record("a", "v", value)));
        }
    }

    private static SinkRecord record(String id, String field, String value) {
        return new SinkRecord("t", 0, null, Map.of("id", id), null, Map.of(field, value), 0);
    }
}
