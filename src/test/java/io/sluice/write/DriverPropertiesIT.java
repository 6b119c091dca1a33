package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.WriteMethod;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written does not depend on what the driver is told about its own ways. */
@ExtendWith(HarnessExtension.class)
final class DriverPropertiesIT {
    @ParameterizedTest
    @CsvSource({
        "prepareThreshold, 0",
        "prepareThreshold, 1",
        "preparedStatementCacheQueries, 0",
        "binaryTransfer, false",
        "binaryTransferDisable, 'INT8,1016,TEXT,DATE,1182'",
        "reWriteBatchedInserts, true",
        "autosave, always",
        "stringtype, unspecified",
        "preferQueryMode, extendedForPrepared",
        "preferQueryMode, extendedCacheEverything",
    })
    void writesWhateverTheDriverIsTold(String property, String value, Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipe(test, WriteMethod.AUTO, Map.of("connection." + property, value))) {
            test.database().execute("ALTER TABLE t ADD day date, ADD amount numeric, ADD ok bool, ADD at timestamptz");
            for (int i = 0; i < 8; i++) {
                for (WriteMethod method : WriteMethod.values()) {
                    pipe.write(method, "t", Items.dated(i, 20));
                }
            }

            assertThat(test.database()
                            .number("SELECT count(*) FROM t WHERE item = '' AND day = '2024-02-29' AND amount = 7.25 "
                                    + "AND ok AND at = '2024-02-29 12:00:00Z' AND tags = '{NULL}'"))
                    .isEqualTo(20);
        }
    }

    @Test
    void withoutParametersEverythingIsCopied(Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipe(test, WriteMethod.AUTO, Map.of("connection.preferQueryMode", "simple"))) {
            test.database().execute("INSERT INTO t VALUES (0, '')");
            pipe.write("t", Items.rows(0, 10));

            assertThat(Items.temporaryTables(pipe)).isEqualTo(1);
            assertThat(test.database().count("t")).isEqualTo(10);
        }
    }

    @Test
    void statementsStayPreparedAsLongAsTheDriverAllows(Scenario test) throws SQLException {
        try (Pipe pipe = Items.pipe(test, WriteMethod.UNNEST, Map.of());
                Pipe unprepared = new Pipe(
                        test.database(),
                        Items.settings(WriteMethod.UNNEST, Map.of("connection.prepareThreshold", "0")))) {
            for (int i = 0; i < 10; i++) {
                pipe.write("t", Items.rows(i, i + 3));
                unprepared.write("t", Items.rows(i, i + 3));
            }

            assertThat(Items.number(pipe, "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT%'"))
                    .isEqualTo(1);
            assertThat(Items.number(unprepared, "SELECT count(*) FROM pg_prepared_statements"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void behindAPoolerNothingStaysPreparedUnlessToldSo(boolean told, Scenario test) throws Exception {
        test.database().execute(Items.TABLE);
        Map<String, String> settings = new HashMap<>(Items.settings(WriteMethod.UNNEST, Map.of()));
        if (told) {
            settings.put("connection.prepareThreshold", "3");
        }
        try (PoolerInFront pooler = PoolerInFront.of(test.database());
                Pipe pipe = new Pipe(pooler.database(), settings)) {
            for (int i = 0; i < 10; i++) {
                pipe.write("t", Items.rows(i, i + 3));
            }

            assertThat(Items.number(pipe, "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT%'"))
                    .isEqualTo(told ? 1 : 0);
        }
    }
}
