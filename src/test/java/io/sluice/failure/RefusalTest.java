package io.sluice.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

final class RefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    COPY orders, line 57                   | orders | 57 |
                    COPY orders, line 57, column amount    | orders | 57 | amount
                    COPY my orders, Zeile 3, Spalte a b    | my orders | 3 | a b
                    COPY orders, line 1, column id: "4711" | orders | 1 |
                    """)
    void knowsTheRowOfACopyAndItsColumn(String where, String table, int line, String column) {
        Refusal refusal = Refusal.of(error("22003", where, ""));

        assertThat(refusal.table()).isEqualTo(table);
        assertThat(refusal.line()).hasValue(line);
        assertThat(refusal.column().orElse(null)).isEqualTo(column);
    }

    @ParameterizedTest
    @CsvSource({
        "22001, true",
        "23502, true",
        "23514, true",
        "23505, false",
        "23503, false",
        "23P01, false",
        "P0001, false"
    })
    void blamesTheRowAloneWhereNoOtherRowCounts(String state, boolean alone) {
        assertThat(Refusal.of(error(state, "COPY orders, line 57", "")).ofRowAlone())
                .isEqualTo(alone);
    }

    @Test
    void blamesNoRowAloneForWhatAFunctionSays() {
        String where = "PL/pgSQL function few() line 3 at RAISE\nCOPY orders, line 57";

        Refusal refusal = Refusal.of(error("23514", where, ""));

        assertThat(refusal.line()).hasValue(57);
        assertThat(refusal.ofRowAlone()).isFalse();
    }

    @Test
    void blamesNoRowWhereThereIsNone() {
        Refusal refusal = Refusal.of(error("22003", "", ""));

        assertThat(refusal.line()).isEmpty();
        assertThat(refusal.ofRowAlone()).isFalse();
        assertThat(Refusal.of(new SQLException("no state")).ofRowAlone()).isFalse();
    }

    /** A check of a table is about the row as a whole, one of a domain about a value. */
    @Test
    void looksForAColumnWhereAValueMayBeToBlame() {
        assertThat(Refusal.of(error("22003", "", "")).ofValueAlone()).isTrue();
        assertThat(Refusal.of(error("23514", "", "dpositive\0")).ofValueAlone()).isTrue();
        assertThat(Refusal.of(error("23514", "", "torders\0")).ofValueAlone()).isFalse();
        assertThat(Refusal.of(error("23502", "", "torders\0ccustomer\0")).column())
                .hasValue("customer");
    }

    /** As the server sends it: a letter for each field. Source: PostgreSQL's documentation, "Error and Notice Message Fields". */
    private static SQLException error(String state, String where, String fields) {
        String context = where.isEmpty() ? "" : "W" + where + "\0";
        return new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0Mrefused\0" + context + fields));
    }
}
