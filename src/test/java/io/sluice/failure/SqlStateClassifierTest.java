package io.sluice.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlStateClassifierTest {

    @ParameterizedTest
    @CsvSource({
        "08006, TRANSIENT", // connection lost
        "57P01, TRANSIENT", // the server shuts down, or fails over
        "57P03, TRANSIENT", // it is starting
        "57014, TRANSIENT", // cancelled, or the statement timeout
        "25006, TRANSIENT", // read-only: a standby
        "40001, TRANSIENT", // serialization
        "40P01, TRANSIENT", // deadlock
        "55P03, TRANSIENT", // the lock timeout
        "53100, TRANSIENT", // disk full
        "53300, TRANSIENT", // too many connections
        "42P01, SCHEMA_CHANGED", // no such table
        "42703, SCHEMA_CHANGED", // no such column
        "22001, BAD_RECORD", // too long
        "22P02, BAD_RECORD", // not of the type's form
        "23502, BAD_RECORD", // NOT NULL
        "23505, VALUE_TAKEN", // unique
        "23P01, VALUE_TAKEN", // exclusion
        "21000, BAD_RECORD", // two rows of one key in one statement
        "P0001, BAD_RECORD", // a trigger raised it
        "28P01, FATAL", // wrong password
        "42501, FATAL", // no privilege
        "3D000, FATAL", // no such database
        "42601, FATAL", // a syntax error is a fault of ours
        "55000, FATAL", // a view that cannot be written
        "XX000, SCHEMA_CHANGED", // internal error
    })
    void givesEachStateItsVerdict(String state, Verdict verdict) {
        assertThat(SqlStateClassifier.classify(state)).isEqualTo(verdict);
    }

    @Test
    void anErrorWithoutStateIsALostConnection() {
        assertThat(SqlStateClassifier.classify((String) null)).isEqualTo(Verdict.TRANSIENT);
    }

    @ParameterizedTest
    @CsvSource({"40P01, true", "55P03, true", "57014, true", "53100, true", "40001, false", "57P01, false", ", false"})
    void aSmallerTransactionMayHelpAgainstSome(@Nullable String state, boolean strain) {
        assertThat(SqlStateClassifier.isStrain(new SQLException("", state))).isEqualTo(strain);
    }
}
