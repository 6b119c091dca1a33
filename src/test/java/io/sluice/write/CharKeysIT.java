package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.WriteMethod;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.ledger.Claim;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row whose key is {@code char(n)} is found by the index of the key, unless a stage seems to have very many. */
@ExtendWith(HarnessExtension.class)
final class CharKeysIT {
    private static final int ROWS = 20_000;

    @ParameterizedTest
    @EnumSource(
            value = WriteMethod.class,
            names = {"UNNEST", "ROWS"})
    void deletesByTheIndex(WriteMethod method, Scenario test) throws SQLException {
        assertThat(rowsRead(test, method, "upsert", null)).isZero();
        assertThat(test.database().count("t")).isEqualTo(ROWS - 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMethod.class,
            names = {"UNNEST", "ROWS"})
    void updatesByTheIndex(WriteMethod method, Scenario test) throws SQLException {
        assertThat(rowsRead(test, method, "update", Map.of("item", "new"))).isZero();
        assertThat(test.database().column("SELECT trim(id) FROM t WHERE item = 'new'"))
                .containsExactly("7");
    }

    /** The column note is read from the row that is there. */
    @ParameterizedTest
    @EnumSource(
            value = WriteMethod.class,
            names = {"UNNEST", "ROWS"})
    void upsertsAPartByTheIndex(WriteMethod method, Scenario test) throws SQLException {
        assertThat(rowsRead(test, method, "upsert", Map.of("item", "new"))).isZero();
        assertThat(test.database().column("SELECT note FROM t WHERE item = 'new'"))
                .containsExactly("note");
    }

    /** How many rows a change of row 7 reads without an index. */
    private static long rowsRead(
            Scenario test, WriteMethod method, String insertMode, @Nullable Map<String, Object> fields)
            throws SQLException {
        Database database = test.database();
        database.execute(
                "CREATE TABLE t (id char(12) PRIMARY KEY, item text, note text NOT NULL)",
                "INSERT INTO t SELECT n, 'item', 'note' FROM generate_series(1, " + ROWS + ") AS n",
                "VACUUM ANALYZE t");
        Map<String, String> settings =
                new HashMap<>(Items.settings(WriteMethod.AUTO, Map.of("insert.mode", insertMode)));
        try (Pipe pipe = new Pipe(database, settings)) {
            pipe.add("t", pipe.decode(new SinkRecord("t", 0, null, Map.of("id", "7"), null, fields, 0)));
            pipe.writer(method).write(pipe.session(), pipe.batch(), Claim.NONE);
            long read = Items.number(pipe, "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 't'");
            pipe.session().commit();
            return read;
        }
    }
}
