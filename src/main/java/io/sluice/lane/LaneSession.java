package io.sluice.lane;

import io.sluice.write.PgSession;
import io.sluice.write.Sessions;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A lane's session, opened when it is needed and opened anew after it broke.
 *
 * <p>Threading: the lane opens, uses and closes it; the task thread may cancel and abort at any time.
 */
final class LaneSession {
    private final Sessions sessions;
    private final AtomicReference<@Nullable PgSession> session = new AtomicReference<>();

    LaneSession(Sessions sessions) {
        this.sessions = sessions;
    }

    PgSession open() throws SQLException {
        PgSession current = session.get();
        if (current == null) {
            current = sessions.open();
            session.set(current);
        }
        return current;
    }

    /** The session, if one is open. */
    Optional<PgSession> current() {
        return Optional.ofNullable(session.get());
    }

    /** Ends the transaction without effect, and the session if it cannot even do that. */
    void rollback() {
        PgSession current = session.get();
        if (current != null) {
            try {
                current.rollback();
            } catch (SQLException e) {
                close();
            }
        }
    }

    /** After a deadlock or a lock that was not to be had the session is as good as new; after anything else it may not be. */
    void endAfter(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        if (state.startsWith("40") || state.startsWith("55")) {
            rollback();
        } else {
            close();
        }
    }

    void close() {
        PgSession current = session.getAndSet(null);
        if (current != null) {
            current.close();
        }
    }

    /** Ends the statement that is running, if one is. */
    void cancel() {
        current().ifPresent(PgSession::cancel);
    }

    /** Cuts the connection, if there is one. */
    void abort() {
        current().ifPresent(PgSession::abort);
    }
}
