package io.sluice.lane;

import io.sluice.write.PgSession;
import io.sluice.write.Sessions;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session that a lane has borrowed for a transaction.
 *
 * <p>Threading: the lane borrows, uses and gives back; the task thread may cancel and abort at any time. A session is given
 * back only when nobody is about to do that, or its next borrower would be hit.
 */
final class LaneSession {
    private final Sessions sessions;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile @Nullable PgSession session;

    LaneSession(Sessions sessions) {
        this.sessions = sessions;
    }

    /** The session; borrowed, if the lane has none. */
    PgSession open() throws SQLException {
        PgSession current = session;
        if (current == null) {
            current = sessions.borrow();
            session = current;
        }
        return current;
    }

    /** The session, if the lane has one. */
    Optional<PgSession> current() {
        return Optional.ofNullable(session);
    }

    /** Ends the transaction without effect, and the session if it cannot even do that. */
    void rollback() {
        PgSession current = session;
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

    /**
     * Gives the session back, if the lane has one.
     *
     * @param more whether the lane has more to write at once
     */
    void giveBack(boolean more) {
        letGo(open -> sessions.giveBack(open, more));
    }

    /** Ends the session, if the lane has one. */
    void close() {
        letGo(sessions::end);
    }

    private void letGo(Consumer<PgSession> how) {
        PgSession current = session;
        if (current == null) {
            return;
        }
        lock.writeLock().lock();
        try {
            session = null;
        } finally {
            lock.writeLock().unlock();
        }
        how.accept(current);
    }

    /** Ends the statement that is running, if one is. */
    void cancel() {
        reach(PgSession::cancel);
    }

    /** Cuts the connection, if there is one. */
    void abort() {
        reach(PgSession::abort);
    }

    private void reach(Consumer<PgSession> how) {
        lock.readLock().lock();
        try {
            current().ifPresent(how);
        } finally {
            lock.readLock().unlock();
        }
    }
}
