package io.sluice.lane;

import io.sluice.failure.Refusal;
import io.sluice.write.BatchWriter;
import io.sluice.write.PgSession;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the column to blame for a refused row, where PostgreSQL does not name it. Belongs to one lane. */
final class Blame {
    private static final Logger LOG = LoggerFactory.getLogger(Blame.class);

    private final LaneSession session;
    private final BatchWriter writer;

    Blame(LaneSession session, BatchWriter writer) {
        this.session = session;
        this.writer = writer;
    }

    /** The column of the one row of an attempt that was refused; ends the transaction. */
    Optional<String> column(SQLException error, Attempt attempt) {
        Refusal refusal = Refusal.of(error);
        Optional<PgSession> open = session.current();
        if (refusal.column().isPresent() || !refusal.ofValueAlone() || open.isEmpty()) {
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
