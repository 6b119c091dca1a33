package io.sluice.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.WriteMethod;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.write.Pipe;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What PostgreSQL returns is what was sent, whatever the schema, the names, the values, the table and the method of
 * writing are. What is expected is worked out from the JDK alone, and what is returned is read as text.
 *
 * <p>Each record is a case. {@code mvn verify} runs 20,000; for a million of them
 *
 * <pre>mvn verify -Dit.test=RoundTripIT -Dsurefire.failIfNoSpecifiedTests=false -Dtest=None -Dfuzz.cases=1000000</pre>
 *
 * <p>A failure names its seed; {@code -Dfuzz.seed} runs it again.
 */
@ExtendWith(HarnessExtension.class)
final class RoundTripIT {
    private static final int CASES = Integer.getInteger("fuzz.cases", 20_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122);
    private static final int PIPES = 4;
    private static final List<WriteMethod> METHODS = List.of(WriteMethod.COPY, WriteMethod.UNNEST, WriteMethod.ROWS);
    private static final int ROWS = 120;

    @ParameterizedTest
    @CsvSource({
        "upsert, UTC, 0",
        "insert, UTC, 1",
        "upsert, America/New_York, 2",
        "insert, Asia/Kolkata, 3",
    })
    void returnsWhatWasSent(String insertMode, String zone, int number, Scenario test) throws SQLException {
        Database database = test.database();
        database.execute(
                "CREATE EXTENSION hstore",
                "CREATE EXTENSION citext",
                "CREATE EXTENSION ltree",
                "CREATE TYPE \"Mood's \"\"Type\" AS ENUM ('Red', 'it''s', 'bl\"ue', '日本')",
                "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
                "CREATE DOMAIN short_text AS varchar(3)",
                "CREATE DOMAIN address AS inet",
                "CREATE TYPE pair AS (n int, t text)");
        int version = Integer.parseInt((String)
                database.column("SELECT current_setting('server_version_num')").get(0));
        List<Kind> kinds = kinds(ZoneId.of(zone), version);
        Map<String, String> settings = new TreeMap<>();
        settings.put("insert.mode", insertMode);
        settings.put("pk.mode", insertMode.equals("upsert") ? "record_key" : "none");
        settings.put("auto.create", "true");
        settings.put("db.timezone", zone);
        settings.put("replace.null.with.default", "false");
        try (Pipe pipe = new Pipe(database, settings);
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET timezone = 'UTC'");
            int cases = 0;
            for (long seed = SEED * PIPES + number; cases < CASES / PIPES; seed += PIPES) {
                WriteMethod method = METHODS.get((int) (seed / PIPES % METHODS.size()));
                cases += run(new Round(seed, kinds), pipe, method, statement, seed);
            }
        }
    }

    @Test
    void returnsWhatMapsWithoutSchemaHeld(Scenario test) throws SQLException {
        Database database = test.database();
        Map<String, String> settings =
                Map.of("insert.mode", "upsert", "pk.mode", "record_key", "auto.create", "true", "auto.evolve", "true");
        try (Pipe pipe = new Pipe(database, settings);
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            int cases = 0;
            for (long seed = SEED; cases < CASES / PIPES / 4; seed++) {
                MapRound round = new MapRound(seed);
                pipe.write(round.table(), round.records(ROWS));
                String table = Database.quoted(round.table());
                List<String> rows = new ArrayList<>();
                try (ResultSet result = statement.executeQuery("SELECT to_jsonb(t)::text FROM " + table + " AS t")) {
                    while (result.next()) {
                        rows.add(result.getString(1));
                    }
                }
                assertThat(rows).as("with -Dfuzz.seed=%d", seed).hasSize(round.size());
                for (String row : rows) {
                    assertThat(round.difference(row))
                            .as("with -Dfuzz.seed=%d", seed)
                            .isEmpty();
                }
                statement.execute("DROP TABLE " + table);
                cases += round.size();
            }
        }
    }

    private static int run(Round round, Pipe pipe, WriteMethod method, Statement statement, long seed)
            throws SQLException {
        List<SinkRecord> records = round.records(ROWS);
        String context = "with -Dfuzz.seed=" + seed / PIPES + ", by " + method + ", columns " + round.columns();
        if (!round.create().isEmpty()) {
            statement.execute(round.create());
        }
        try {
            pipe.write(method, round.table(), records);
        } catch (SQLException | RuntimeException e) {
            throw new AssertionError("could not be written " + context, e);
        }
        boolean defaults = round.create().isEmpty() && !round.insertDefaults().isEmpty();
        if (defaults) {
            statement.execute(round.insertDefaults());
        }
        List<List<@Nullable Object>> rows = read(statement, round);
        assertThat(rows).as(context).hasSize(round.size() + (defaults ? 1 : 0));
        for (List<@Nullable Object> row : rows) {
            assertThat(round.difference(row)).as(context).isEmpty();
        }
        statement.execute("DROP TABLE " + Database.quoted(round.table()));
        return round.size();
    }

    private static List<List<@Nullable Object>> read(Statement statement, Round round) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(round.select())) {
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 0; i <= round.columns().size(); i++) {
                    row.add(i == 0 ? (Object) result.getLong(1) : result.getString(i + 1));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Kind> kinds(ZoneId zone, int serverVersion) {
        List<Kind> scalars = Stream.of(ConnectKinds.scalars(zone), DebeziumKinds.scalars(), TemporalKinds.scalars())
                .flatMap(List::stream)
                .toList();
        return Stream.of(scalars, NestedKinds.arrays(scalars), NestedKinds.documents(), TextKinds.all(serverVersion))
                .flatMap(List::stream)
                .toList();
    }
}
