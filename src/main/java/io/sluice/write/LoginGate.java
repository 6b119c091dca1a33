package io.sluice.write;

import io.sluice.failure.NoSessionException;
import io.sluice.failure.SqlStateClassifier;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Logins of all tasks of a worker at one server. Few are made at a time, so that each sees how many sessions there are; and
 * while the server takes nobody, one task tries for all, and the others are told what it was told.
 *
 * <p>For all threads.
 */
final class LoginGate {
    private static final int AT_A_TIME = 4;
    /** Longest wait for others to log in. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final Duration PAUSE = Duration.ofMillis(200);
    /** A refused login costs a busy server a process, and is one that somebody else cannot have. */
    private static final Duration PAUSE_WHILE_FULL = Duration.ofMillis(500);

    /** A fixed number, so that nothing grows. Two servers that share one disturb each other only while one is away. */
    private static final LoginGate[] ALL =
            Stream.generate(() -> new LoginGate(System::nanoTime)).limit(64).toArray(LoginGate[]::new);

    private final LongSupplier nanos;
    private final Semaphore places = new Semaphore(AT_A_TIME, true);
    private @Nullable SQLException refusal;
    private long nextTry;

    /**
     * @param nanos a clock that never goes back, in nanoseconds
     */
    LoginGate(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The gate for a role at a server. */
    static LoginGate of(String url, String user) {
        return ALL[Math.floorMod(Objects.hash(url, user), ALL.length)];
    }

    /** Something that logs in. */
    interface Attempt<T> {
        T logIn() throws SQLException;
    }

    /**
     * Logs in, if it is time for it.
     *
     * @throws SQLException where the server refuses, or has refused somebody else just now
     */
    <T> T pass(Attempt<T> attempt) throws SQLException {
        requireTime();
        try {
            if (!places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new NoSessionException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoSessionException();
        }
        try {
            T session = attempt.logIn();
            opened();
            return session;
        } catch (SQLException e) {
            refused(e);
            throw e;
        } finally {
            places.release();
        }
    }

    private synchronized void requireTime() throws SQLException {
        SQLException last = refusal;
        if (last == null) {
            return;
        }
        long now = nanos.getAsLong();
        if (now - nextTry < 0) {
            throw new SQLException(last.getMessage(), last.getSQLState(), last);
        }
        nextTry = now + pause(last).toNanos();
    }

    private synchronized void opened() {
        refusal = null;
    }

    private synchronized void refused(SQLException error) {
        if (SqlStateClassifier.isUnreachable(error)) {
            refusal = error;
            nextTry = nanos.getAsLong() + pause(error).toNanos();
        }
    }

    private static Duration pause(SQLException error) {
        return SqlStateClassifier.isFull(error) ? PAUSE_WHILE_FULL : PAUSE;
    }
}
