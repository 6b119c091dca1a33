package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.WriteMethod;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.ledger.Claim;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;

/** Which way rows take, and what is done where one is barred. */
@ExtendWith(HarnessExtension.class)
final class WriteMethodIT {
    private static final int MANY = 4_000;

    @ParameterizedTest
    @EnumSource(
            value = WriteMethod.class,
            names = {"AUTO", "UNNEST", "ROWS"})
    void fewRowsNeedNoTemporaryTable(WriteMethod method, Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipe(test, method, Map.of())) {
            pipe.write("t", Items.rows(0, 10));
            pipe.write("t", Items.tagged(10, 20));

            assertThat(Items.temporaryTables(pipe)).isZero();
            assertThat(test.database().count("t")).isEqualTo(20);
        }
    }

    @Test
    void manyRowsAreCopied(Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipeWithRows(test, WriteMethod.AUTO, 1)) {
            pipe.write("t", Items.rows(0, MANY));
            pipe.write("t", Items.tagged(MANY, MANY + 100));

            assertThat(Items.temporaryTables(pipe)).isEqualTo(2);
            assertThat(test.database().count("t")).isEqualTo(MANY + 100);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMethod.class,
            names = {"AUTO", "COPY", "UNNEST"})
    void rowsAreMergedInTheOrderOfTheirKeys(WriteMethod method, Scenario test) throws SQLException {
        List<SinkRecord> rows = new ArrayList<>(Items.rows(0, MANY));
        Collections.shuffle(rows, new Random(20_261_127));
        try (Pipe pipe = Items.pipeWithRows(test, method, 1)) {
            pipe.write("t", rows);

            assertThat(asTheyLie(test)).hasSize(MANY - 1).isSorted();
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMethod.class)
    void rowsOfAPartitionKeepItsOrderWhereThatIsAskedFor(WriteMethod method, Scenario test) throws SQLException {
        test.database().execute(Items.TABLE, "INSERT INTO t VALUES (0, '')");
        Map<String, String> settings = Items.settings(method, Map.of("write.ordering", "partition"));
        List<SinkRecord> rows = new ArrayList<>(Items.rows(0, MANY));
        Collections.reverse(rows);
        try (Pipe pipe = new Pipe(test.database(), settings)) {
            pipe.write("t", rows);

            assertThat(asTheyLie(test)).hasSize(MANY - 1).isSortedAccordingTo(Collections.reverseOrder());
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMethod.class)
    void aRowMayReferToAGreaterOneThatCameBefore(WriteMethod method, Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipeWithRows(test, method, 1)) {
            test.database().execute("ALTER TABLE t ADD parent bigint REFERENCES t");
            pipe.write(
                    "t",
                    List.of(
                            Items.row(0, Map.of("parent", 0L)),
                            Items.row(9, Map.of("parent", 0L)),
                            Items.row(8, Map.of("parent", 9L))));

            assertThat(test.database().column("SELECT parent FROM t ORDER BY id"))
                    .containsExactly(0L, 9L, 0L);
        }
    }

    /** Without the temporary table the same rows have a statement each, in the order in which they came. */
    @Test
    void aRowMayStillDoSoWhereItsBatchIsWrittenAnotherWay(Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipeWithRows(test, WriteMethod.AUTO, MANY)) {
            test.database().execute("ALTER TABLE t ADD parent bigint REFERENCES t");
            pipe.write("t", children(0, MANY));
            Items.discardTemporaryTables(pipe);
            List<SinkRecord> rows = new ArrayList<>(children(MANY, 2 * MANY));
            Collections.reverse(rows);
            rows.add(0, child(2 * MANY, 0));
            rows.add(child(0, 0));
            pipe.write("t", rows);

            assertThat(Items.temporaryTables(pipe)).isZero();
            assertThat(test.database().number("SELECT count(*) FROM t WHERE parent = id + 1 AND id >= " + MANY))
                    .isEqualTo(MANY);
        }
    }

    private static List<SinkRecord> children(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(id -> child(id, from == 0 ? 0 : id + 1))
                .toList();
    }

    private static SinkRecord child(long id, long parent) {
        return Items.row(id, Map.of("tags", List.of("a"), "parent", parent));
    }

    /** New rows in the order in which they came, which shows in where they are. */
    private static List<Long> asTheyLie(Scenario test) throws SQLException {
        return test.database().column("SELECT id FROM t WHERE id > 0 ORDER BY ctid").stream()
                .map(Long.class::cast)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(WriteMethod.class)
    void manyLargeRowsArrive(WriteMethod method, Scenario test) throws SQLException {
        String text = "x".repeat(100_000);
        try (Pipe pipe = Items.pipe(test, method, Map.of())) {
            pipe.write(
                    "t",
                    Stream.iterate(0L, id -> id + 1)
                            .limit(50)
                            .map(id -> Items.row(id, Map.of("item", text)))
                            .toList());

            assertThat(test.database().number("SELECT sum(length(item)) FROM t"))
                    .isEqualTo(5_000_000);
        }
    }

    @Test
    void plainInsertsAreCopiedStraight(Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipe(test, WriteMethod.COPY, Map.of("insert.mode", "insert"))) {
            test.database().execute("ALTER TABLE t DROP tags");
            pipe.write("t", Items.rows(0, 10));

            assertThat(Items.temporaryTables(pipe)).isZero();
            assertThat(test.database().count("t")).isEqualTo(10);
        }
    }

    @Test
    void arraysStayArraysWhereColumnsAreSentAsArrays(Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipe(test, WriteMethod.UNNEST, Map.of())) {
            pipe.write("t", Items.tagged(0, 3));

            assertThat(test.database().column("SELECT tags::text FROM t ORDER BY id"))
                    .containsExactly("{a,0}", "{a,1}", "{a,2}");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMethod.class,
            names = {"AUTO", "UNNEST", "ROWS"})
    void aRoleWithoutTemporaryTablesWrites(WriteMethod method, Scenario test) throws SQLException {
        test.database().execute(Items.TABLE);
        try (Role role = Role.withoutTemporaryTables(test.database());
                Pipe pipe = new Pipe(role.database(), Items.settings(method, Map.of()))) {
            pipe.write("t", Items.rows(0, MANY));
            pipe.write("t", Items.tagged(MANY / 2, MANY + 100));
            pipe.write("t", List.of(Items.deletion(0)));

            assertThat(test.database().count("t")).isEqualTo(MANY + 99);
            assertThat(test.database().number("SELECT count(*) FROM t WHERE tags IS NOT NULL"))
                    .isEqualTo(MANY / 2 + 100);
        }
    }

    @Test
    void aRoleWithoutTemporaryTablesMergesNothingByCopy(Scenario test) throws SQLException {
        test.database().execute(Items.TABLE, "INSERT INTO t VALUES (0, '')");
        try (Role role = Role.withoutTemporaryTables(test.database());
                Pipe pipe = new Pipe(role.database(), Items.settings(WriteMethod.COPY, Map.of()))) {
            assertThatThrownBy(() -> pipe.write("t", Items.rows(0, 1)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    /** What a pooler in transaction mode does to a session. */
    @Test
    void withoutItsTemporaryTableABatchIsWrittenOnceAndAnotherWay(Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipe(test, WriteMethod.AUTO, Map.of("insert.mode", "update"))) {
            test.database().execute("INSERT INTO t SELECT generate_series(0, " + (MANY - 1) + "), ''");
            pipe.write("t", Items.rows(0, MANY));
            Items.discardTemporaryTables(pipe);
            test.database()
                    .execute(
                            "ALTER TABLE t ADD updates int NOT NULL DEFAULT 0",
                            "CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS "
                                    + "'BEGIN NEW.updates := OLD.updates + 1; RETURN NEW; END'",
                            "CREATE TRIGGER count_up BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION count_up()");
            pipe.write("t", Items.rows(0, MANY));

            assertThat(Items.temporaryTables(pipe)).isZero();
            assertThat(test.database().number("SELECT count(*) FROM t WHERE updates = 1"))
                    .isEqualTo(MANY);
        }
    }

    @Test
    void copyMakesItsTemporaryTableAnew(Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipeWithRows(test, WriteMethod.COPY, 30)) {
            pipe.write("t", Items.rows(0, 10));
            Items.discardTemporaryTables(pipe);
            pipe.write("t", Items.rows(10, 20));
            pipe.write("t", Items.rows(20, 30));

            assertThat(Items.temporaryTables(pipe)).isEqualTo(1);
            assertThat(test.database().count("t")).isEqualTo(30);
        }
    }

    @Test
    void aTemporaryTableThatWentWithItsTransactionIsMadeAnew(Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipeWithRows(test, WriteMethod.AUTO, 1)) {
            for (SinkRecord record : Items.rows(0, MANY)) {
                pipe.add("t", pipe.decode(record));
            }
            pipe.writer(WriteMethod.AUTO).write(pipe.session(), pipe.batch(), Claim.NONE);
            pipe.session().rollback();
            pipe.commit(WriteMethod.AUTO);

            assertThat(Items.temporaryTables(pipe)).isEqualTo(1);
            assertThat(test.database().count("t")).isEqualTo(MANY);
        }
    }

    /** The driver's own error of a batch hides what PostgreSQL said, and quotes the statement with its parameters. */
    @ParameterizedTest
    @EnumSource(WriteMethod.class)
    void aRefusalIsWhatPostgresSays(WriteMethod method, Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipe(test, method, Map.of())) {
            test.database().execute("ALTER TABLE t ADD CONSTRAINT short CHECK (length(item) < 10)");
            List<SinkRecord> records = List.of(
                    Items.row(0, Map.of("item", "short")), Items.row(1, Map.of("item", "a secret that is too long")));

            assertThatThrownBy(() -> pipe.write("t", records)).isInstanceOfSatisfying(PSQLException.class, e -> {
                assertThat(e.getSQLState()).isEqualTo("23514");
                assertThat(String.valueOf(e.getServerErrorMessage())).contains("\"short\"");
                assertThat(e.getMessage()).doesNotContain("secret");
            });
        }
    }

    @Test
    void oneTransactionMayHaveRowsOfMoreKindsThanThereAreTemporaryTables(Scenario test) throws SQLException {
        int kinds = 70;
        try (Pipe pipe = Items.pipe(test, WriteMethod.COPY, Map.of("auto.evolve", "true"))) {
            List<SinkRecord> records = new ArrayList<>();
            for (int kind = 0; kind < kinds; kind++) {
                Map<String, Object> fields = new HashMap<>();
                IntStream.rangeClosed(0, kind).forEach(i -> fields.put("f" + i, i));
                records.add(Items.row(kind, fields));
                records.add(Items.row(kinds + kind, fields));
            }
            pipe.write("t", records);
            pipe.write("t", records);

            assertThat(test.database().count("t")).isEqualTo(2L * kinds);
        }
    }
}
