package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.batch.RowGroup;
import io.sluice.batch.RowGroups;
import io.sluice.config.SinkConfig;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.type.WireTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

/** Rows that PostgreSQL has written in its binary form come back as they were, whichever way they take. */
@ExtendWith(HarnessExtension.class)
final class RowSourcesIT {
    private static final int COPY_HEADER_BYTES = 19;
    private static final int COPY_TRAILER_BYTES = 2;

    /** Each with some of its values as text. */
    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("bool", List.of("true", "false")),
            Map.entry("int2", List.of("-32768", "0", "32767")),
            Map.entry("int4", List.of("-2147483648", "7")),
            Map.entry("int8", List.of("-9223372036854775808", "7")),
            Map.entry("float4", List.of("NaN", "-0", "1e-44", "Infinity")),
            Map.entry("float8", List.of("NaN", "-0", "5e-324", "-Infinity")),
            Map.entry("numeric", List.of("NaN", "0", "0.000", "-1e-300", "12345678901234567890.5", "Infinity")),
            Map.entry("text", List.of("", "a", "ä€𝄞", "NULL")),
            Map.entry("varchar", List.of("", "a")),
            Map.entry("bpchar", List.of("", "a")),
            Map.entry("name", List.of("", "a")),
            Map.entry("bytea", List.of("", "\\x00", "\\x4e554c4c")),
            Map.entry("date", List.of("4713-01-01 BC", "2024-02-29", "infinity")),
            Map.entry("time", List.of("00:00", "24:00", "12:30:00.000001")),
            Map.entry("timetz", List.of("12:00+14", "12:00-15:59:59")),
            Map.entry("timestamp", List.of("0001-01-01 00:00:00", "-infinity", "294276-12-31 23:59:59.999999")),
            Map.entry("timestamptz", List.of("2024-02-29 12:00:00.000001+00", "infinity")),
            Map.entry("uuid", List.of("00000000-0000-0000-0000-000000000000", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
            Map.entry("json", List.of("{}", "[1, 2]", "\"x\"", "null")),
            Map.entry("jsonb", List.of("{\"a\": null}", "[1, 2]", "\"x\"", "null")),
            Map.entry("interval", List.of("1 mon -1 day 00:00:00.000001", "0")),
            Map.entry("varbit", List.of("", "1", "0101010101")),
            Map.entry("point", List.of("(1,-2)", "(NaN,Infinity)")));

    @Test
    void valuesOfEachTypeComeBack(Scenario test) throws Exception {
        assertThat(WireTypes.all().keySet().stream().filter(type -> !WireTypes.isArray(type)))
                .hasSameElementsAs(VALUES.keySet());
        try (Round round = new Round(test.database())) {
            for (Map.Entry<String, List<String>> type : VALUES.entrySet()) {
                round.columns(type.getKey(), "int4");
                round.insert(null, "0");
                for (String value : type.getValue()) {
                    round.insert(value, null);
                }
                round.insert(null, null);

                RowGroup group = round.group();
                assertThat(round.through(ColumnArrays.of(group.columns()), group))
                        .isEqualTo(round.rows());
                assertThat(round.through(SingleRows.of(group.columns()), group)).isEqualTo(round.rows());
            }
        }
    }

    @Test
    void arraysComeBackInSingleRows(Scenario test) throws Exception {
        try (Round round = new Round(test.database())) {
            round.columns("_text", "_varchar", "_bpchar", "_name");
            for (String array : List.of("{}", "{NULL}", "{{a,NULL},{'',b}}")) {
                round.insert(array, array, array, array);
                round.insert(null, array, null, null);
            }

            RowGroup group = round.group();
            assertThat(ColumnArrays.canHold(group.columns())).isFalse();
            assertThat(round.through(SingleRows.of(group.columns()), group)).isEqualTo(round.rows());
        }
    }

    @Test
    void rowsThatWereDroppedAreNotSent(Scenario test) throws Exception {
        try (Round round = new Round(test.database())) {
            round.columns("int4", "text");
            for (int i = 0; i < 5; i++) {
                round.insert(Integer.toString(i), i == 3 ? null : "x".repeat(i));
            }
            for (int dropped = 0; dropped < 1 << 5; dropped++) {
                BitSet rows = BitSet.valueOf(new long[] {dropped});
                RowGroup group = round.group();
                RowGroups.drop(group, rows.stream().toArray());
                List<String> left = IntStream.range(0, 5)
                        .filter(i -> !rows.get(i))
                        .mapToObj(round.rows()::get)
                        .toList();

                assertThat(new RowFields(group).rows()).isEqualTo(left.size());
                assertThat(round.through(ColumnArrays.of(group.columns()), group))
                        .isEqualTo(left);
                assertThat(round.through(SingleRows.of(group.columns()), group)).isEqualTo(left);
            }
        }
    }

    @Test
    void rowsOfAnArrayAreNumberedInTheirOrder(Scenario test) throws Exception {
        try (Round round = new Round(test.database())) {
            round.columns("int4", "int8");
            for (int i = 1; i <= 300; i++) {
                round.insert(Integer.toString(-i), Integer.toString(i));
            }
            ColumnArrays arrays = new ColumnArrays(List.of("int4", "int8"), true);
            String sql =
                    "INSERT INTO back SELECT s.c0, " + arrays.position().orElseThrow() + " FROM " + arrays.relation();

            assertThat(round.through(arrays, sql, round.group())).isEqualTo(round.rows());
        }
    }

    @Test
    void typesHaveTheNumbersThatTheServerHas(Scenario test) {
        assertThat(test
                        .database()
                        .rows(
                                "SELECT typname::text, oid::int FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace")
                        .stream()
                        .collect(Collectors.toMap(row -> (String) row.get(0), row -> (Integer) row.get(1))))
                .containsAllEntriesOf(WireTypes.all());
    }

    /** A table that rows are read from and one that they are sent to. */
    private static final class Round implements AutoCloseable {
        private final Connection connection;
        private final Sessions sessions;
        private final PgSession session;
        private List<String> types = List.of();

        Round(Database database) throws SQLException {
            this.connection = database.connect();
            this.sessions = Sessions.of(SinkConfig.parse(database.connectionConfig()), Thread::new);
            this.session = sessions.borrow();
        }

        void columns(String... columns) throws SQLException {
            types = List.of(columns);
            String definition = IntStream.range(0, columns.length)
                    .mapToObj(i -> "c" + i + " " + columns[i])
                    .collect(Collectors.joining(", "));
            execute("DROP TABLE IF EXISTS there, back");
            execute("CREATE TABLE there (" + definition + ")");
            execute("CREATE TABLE back (" + definition + ")");
        }

        void insert(@Nullable String... values) throws SQLException {
            execute(IntStream.range(0, types.size())
                    .mapToObj(i -> (values[i] == null ? "NULL" : "$v$" + values[i] + "$v$") + "::" + types.get(i))
                    .collect(Collectors.joining(", ", "INSERT INTO there VALUES (", ")")));
        }

        List<String> rows() throws SQLException {
            return rows("there");
        }

        private List<String> rows(String table) throws SQLException {
            List<String> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT t::text FROM " + table + " t ORDER BY ctid")) {
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
            return rows;
        }

        RowGroup group() throws SQLException, IOException {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (SELECT * FROM there ORDER BY ctid) TO STDOUT (FORMAT binary)", copy);
            byte[] bytes = copy.toByteArray();
            return RowGroups.of(types, Arrays.copyOfRange(bytes, COPY_HEADER_BYTES, bytes.length - COPY_TRAILER_BYTES));
        }

        List<String> through(RowSource source, RowGroup group) throws SQLException {
            return through(source, "INSERT INTO back SELECT s.* FROM " + source.relation(), group);
        }

        List<String> through(RowSource source, String sql, RowGroup group) throws SQLException {
            execute("TRUNCATE back");
            source.run(session, sql, group);
            session.commit();
            return rows("back");
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws SQLException {
            session.close();
            sessions.close();
            connection.close();
        }
    }
}
