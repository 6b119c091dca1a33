package io.sluice.lane;

import io.sluice.write.BatchWriter;
import io.sluice.write.PgSession;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the column to blame for a refused row, where PostgreSQL does not name it. Belongs to one lane. */
final class Blame {
    private static final Logger LOG = LoggerFactory.getLogger(Blame.class);

    /** Of the table or of the domain that a column has for its type. */
    private static final String CHECK_VIOLATION = "23514";

    private final LaneSession session;
    private final BatchWriter writer;

    Blame(LaneSession session, BatchWriter writer) {
        this.session = session;
        this.writer = writer;
    }

    /** The column of the one row of an attempt that was refused; ends the transaction. */
    Optional<String> column(SQLException error, Attempt attempt) {
        String state = error.getSQLState();
        Optional<PgSession> open = session.current();
        boolean ofColumn = state != null && (state.startsWith("22") || state.equals(CHECK_VIOLATION));
        if (!ofColumn || open.isEmpty()) {
            return Optional.empty();
        }
        try {
            open.get().rollback();
            return writer.refusingColumn(open.get(), attempt.batch());
        } catch (SQLException e) {
            LOG.debug("The column to blame could not be found: {}", e.getSQLState());
            return Optional.empty();
        }
    }
}
