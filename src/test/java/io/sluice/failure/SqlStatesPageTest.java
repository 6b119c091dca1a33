package io.sluice.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SqlStatesPageTest {
    private static final Path PAGE = Path.of("src", "docs", "sqlstates.md");
    private static final String COMMAND = "mvn test -Dtest=SqlStatesPageTest -Ddocs.write";

    /** Whoever changes a verdict sees it here, for each error that PostgreSQL has. */
    @Test
    void thePageSaysWhatIsDoneAboutEachError() throws IOException {
        List<ErrorCode> errors = ErrorCode.all();
        assertThat(errors).hasSizeGreaterThan(200);
        String page = page(errors);
        if (System.getProperty("docs.write") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("%s is not what the code says any more. Write it anew with: %s", PAGE, COMMAND)
                .isEqualTo(page);
    }

    private static String page(List<ErrorCode> errors) {
        StringBuilder page = new StringBuilder("""
                <!-- Written by SqlStatesPageTest; `mvn test -Dtest=SqlStatesPageTest -Ddocs.write` writes it anew. -->
                # What is done about each error of PostgreSQL

                The list is appendix A of PostgreSQL's documentation, "PostgreSQL Error Codes". Errors without a SQLSTATE come
                from the driver or the pool, when no connection is to be had; they pass.

                | verdict | what it means |
                |---|---|
                | passes | It is tried again after a wait, for as long as it lasts (`max.retries=-1`), and the task stays RUNNING. |
                | passes, no server | The same, with short waits (`breaker.probe.max.ms`); several in a row open the breaker, and then one lane tries for all. |
                | read again | The table is read anew and the batch is tried once more; a second time in a row it counts as what fails. |
                | parent missing | The row waits for the one that it refers to; after ten seconds without progress it is a bad record. |
                | value taken | Another row has a value that must be unique. The changes are tried one by one in their order, then in one lane for each topic partition, and then the row waits for up to ten seconds; after that it is a bad record. A key that `insert.mode=insert` finds taken is one at once. |
                | bad record | The record to blame is found and is [a bad record](bad-records.md); the others are written. |
                | fails | Where PostgreSQL refuses the statement without any row as well, the task fails with a message that says what to do; otherwise one of the rows is to blame, through a policy, a trigger or a cast, and is a bad record. |

                A trigger of PL/pgSQL may raise any of them. Where it borrows one that passes, the row that it raises it for is tried
                again for up to ten seconds and then is a bad record; the others are written meanwhile.
                """);
        String section = "";
        for (ErrorCode error : errors) {
            if (!error.section().equals(section)) {
                section = error.section();
                page.append("\n## ").append(section).append("\n\n| SQLSTATE | condition | verdict |\n|---|---|---|\n");
            }
            page.append("| %s | %s | %s |%n".formatted(error.state(), error.name(), verdict(error.state())));
        }
        return page.toString();
    }

    private static String verdict(String state) {
        return switch (SqlStateClassifier.classify(state)) {
            case TRANSIENT ->
                SqlStateClassifier.isUnreachable(new SQLException("", state)) ? "passes, no server" : "passes";
            case SCHEMA_CHANGED -> "read again";
            case PARENT_MISSING -> "parent missing";
            case VALUE_TAKEN -> "value taken";
            case BAD_RECORD -> "bad record";
            case FATAL -> "fails";
        };
    }
}
