package io.sluice.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.record.Origin;
import io.sluice.record.RecordException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

final class FailuresTest {

    private static final Origin ORIGIN = new Origin(new TopicPartition("orders", 3), 42);

    @Test
    void neverRepeatsWhatPostgresSaysOfAValue() {
        SQLException error = error("22P02", "invalid input syntax for type integer: \"tr0ub4dor\"");

        SinkException failure = Failures.refused(ORIGIN, "\"orders\"", Optional.of("amount"), error);

        assertThat(failure)
                .hasMessageContaining("topic orders, partition 3, offset 42")
                .hasMessageContaining("table \"orders\", column \"amount\"")
                .hasMessageContaining("22P02")
                .hasMessageNotContaining("tr0ub4dor")
                .hasNoCause();
        assertThat(Failures.text(error)).doesNotContain("tr0ub4dor");
    }

    @Test
    void repeatsWhatPostgresSaysOfATable() {
        SQLException error = error("42501", "permission denied for table orders");

        assertThat(Failures.fatal(ORIGIN, "\"orders\"", error))
                .hasMessageContaining("permission denied for table orders")
                .hasMessageContaining("Grant the role")
                .hasMessageContaining("offset 42");
    }

    /** As it wraps what befell its last try. */
    @Test
    void repeatsWhatPostgresSaysToAPoolThatGetsNoConnection() {
        SQLException server = error("3D000", "database \"shop\" does not exist");
        SQLException pool = new SQLTransientConnectionException("timed out after 1000 ms", "3D000", server);

        assertThat(Failures.text(pool)).isEqualTo("database \"shop\" does not exist (SQLSTATE 3D000)");
    }

    @Test
    void saysWhatHappenedWhereNobodyAnswers() {
        assertThat(Failures.text(new SQLException("secret of the url")))
                .isEqualTo("PostgreSQL cannot be reached (SQLException)");
    }

    /** A newline would make a line of the log, and a zero character would not get into errors.table. */
    @Test
    void tellsNamesWithoutTheirControlCharacters() {
        RecordException problem = new RecordException("the table has no column \"a\0b\n\"", "Add it");

        assertThat(Failures.badRecord(ORIGIN, "\"or\nders\"", problem))
                .hasMessageContaining("no column \"a?b?\". Add it")
                .hasMessageContaining("table \"or?ders\"");
        assertThat(Failures.refused(ORIGIN, "\"or\nders\"", Optional.of("a\nb"), error("22P02", "")))
                .hasMessageContaining("table \"or?ders\", column \"a?b\"");
    }

    /** PostgreSQL's own words quote no value in these classes, but a trigger's may. */
    @Test
    void neverRepeatsWhatATriggerSays() {
        SQLException own = error("45001", "card 4111 refused");
        SQLException borrowed = new PSQLException(
                new ServerErrorMessage("SERROR\0C42501\0Mcard 4111 refused\0Fpl_exec.c\0Rexec_stmt_raise\0"));

        assertThat(Failures.text(own)).doesNotContain("4111").contains("45001");
        assertThat(Failures.text(borrowed)).doesNotContain("4111").contains("42501");
    }

    /** PostgreSQL gives the same SQLSTATE to both. */
    @Test
    void tellsAMissingPartitionFromACheck() {
        assertThat(Failures.refused(ORIGIN, "\"orders\"", Optional.empty(), error("23514", "no partition")))
                .hasMessageContaining("no partition for it (SQLSTATE 23514)");
        SQLException check = new PSQLException(new ServerErrorMessage("SERROR\0C23514\0Mno\0nshort\0"));
        assertThat(Failures.refused(ORIGIN, "\"orders\"", Optional.empty(), check))
                .hasMessageContaining("it violates a check of constraint \"short\"")
                .hasMessageNotContaining("partition for");
    }

    private static SQLException error(String state, String message) {
        return new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0M" + message + "\0"));
    }
}
