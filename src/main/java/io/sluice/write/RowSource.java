package io.sluice.write;

import io.sluice.batch.RowGroup;
import java.sql.SQLException;
import java.util.Optional;

/** Where a statement reads the rows of a group: under the name {@code s}, with the columns c0, c1 and so on. */
interface RowSource {
    /** The rows in a FROM clause, their name included. */
    String relation();

    /** What is greater for later rows; empty where a statement sees one row at a time. */
    Optional<String> position();

    /** Runs a statement that reads this source, for the rows of the group. */
    void run(PgSession session, String sql, RowGroup group) throws SQLException;
}
