package io.sluice.write;

import io.sluice.config.ConnectionConfig;
import io.sluice.config.SinkConfig;
import io.sluice.failure.Failures;
import io.sluice.failure.NoSessionException;
import io.sluice.metrics.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task's sessions. Whoever has something to do borrows one and gives it back after its transaction: lanes, table look-ups
 * and the ledger alike, so that all of them get on with a single one. The first is opened when there is work, a further one
 * only when those that there are cannot keep up ({@link Demand}), and what is idle is given up: further ones after half a
 * minute, the last one after three, and at once where the server is short of connections ({@link Crowd}). There a task logs
 * in every few seconds and writes what has gathered, so that many tasks have room.
 *
 * <p>A login that is refused while other sessions are at work is no failure: their borrowers go on, and who waits gets the
 * next one that is free, in the order of asking.
 *
 * <p>Threading: for all threads. Logins and housekeeping have a thread of their own.
 */
public final class Sessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final int CONNECT_SECONDS = 10;
    /** For each of the two steps of a cancellation. */
    private static final int CANCEL_SECONDS = 1;
    /** How long somebody waits for a session. A partition that is taken away meanwhile must not wait for longer. */
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();
    /** How soon somebody who waits looks again whether more sessions are called for. */
    private static final long LOOK_MILLIS = 10;

    private static final long CLOSE_MILLIS = 1_000;
    private static final int SOCKET_SLACK_SECONDS = 30;

    /** Networks forget connections after four minutes. */
    private static final long LAST_IDLE = Duration.ofMinutes(3).toNanos();

    private static final long FURTHER_IDLE = Duration.ofSeconds(30).toNanos();
    private static final long CROWDED_IDLE = Duration.ofMillis(500).toNanos();
    /** After that time a session may have been lost unnoticed. */
    private static final long STALE = Duration.ofSeconds(10).toNanos();

    private static final long HOUSEKEEPING_MILLIS = 1_000;
    private static final long CROWD_QUESTION = Duration.ofSeconds(5).toNanos();
    /** In a crowd, between two logins of a task that has given up its last session. */
    private static final long LEAST_BETWEEN_LOGINS = Duration.ofSeconds(2).toNanos();
    /** After a login that was refused while there are sessions. */
    private static final long NO_GROWTH = Duration.ofSeconds(5).toNanos();

    private static final long QUIET = Duration.ofMinutes(5).toNanos();

    private final Logins logins;
    private final int most;
    private final Duration lockTimeout;
    private final ThreadFactory threads;
    private final ScheduledExecutorService keeper;
    /** The one that was used last comes first. */
    private final Deque<PgSession> idle = new ArrayDeque<>();
    /** Those who wait, in the order of asking. */
    private final Deque<Object> queue = new ArrayDeque<>();

    private final Demand demand = new Demand(System.nanoTime());
    private int open;
    private boolean loggingIn;
    private boolean crowded;
    private boolean closed;
    /** Refused logins, and the last of them. */
    private int refusals;

    private @Nullable SQLException refusal;
    /** What was given back before that may be broken. */
    private long suspectUntil = System.nanoTime();

    private long nextGrowth = System.nanoTime();
    private long nextWriter = System.nanoTime();
    private long crowdAskedAt;
    private long saidAt = System.nanoTime() - QUIET;

    private Sessions(SinkConfig config, ThreadFactory threads) {
        this.logins = new Logins(config);
        this.most = config.connections();
        this.lockTimeout = config.writes().lockTimeout();
        this.threads = threads;
        this.keeper = Executors.newSingleThreadScheduledExecutor(threads);
    }

    /** The sessions of a task; none is opened yet. */
    public static Sessions of(SinkConfig config, ThreadFactory threads) {
        leaveDriverManager();
        Sessions sessions = new Sessions(config, threads);
        var unused = sessions.keeper.scheduleWithFixedDelay(
                sessions::keepHouse, HOUSEKEEPING_MILLIS, HOUSEKEEPING_MILLIS, TimeUnit.MILLISECONDS);
        return sessions;
    }

    /**
     * Connections without a pool, for whoever wants to know whether there is one.
     *
     * @param patience longest wait for each answer, rounded up to seconds
     */
    public static DataSource unpooled(SinkConfig config, Duration patience) {
        leaveDriverManager();
        String seconds = Long.toString(patience.plusMillis(999).toSeconds());
        Properties properties = properties(config);
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        return new DriverDataSource(config.connection().url(), properties);
    }

    /** Connections for short work; each is given back by closing it. */
    public DataSource connections() {
        return new SessionDataSource(this::lend);
    }

    private Connection lend() throws SQLException {
        PgSession session = borrow(false);
        try {
            session.waitForLocks(lockTimeout);
        } catch (SQLException e) {
            end(session);
            throw e;
        }
        // Short work comes in a row, and lanes after it.
        return BorrowedConnection.of(session.connection(), () -> giveBack(session, true));
    }

    /** How many sessions there are at this moment. */
    public synchronized Connections use() {
        return new Connections(open - idle.size(), idle.size(), queue.size());
    }

    /**
     * A session for a lane, to be {@linkplain #giveBack given back} after its transaction or {@linkplain #end ended}.
     *
     * @throws NoSessionException where all are at work; asking again is all there is to do
     * @throws SQLException where there is none to be had
     */
    public PgSession borrow() throws SQLException {
        return borrow(true);
    }

    private PgSession borrow(boolean writes) throws SQLException {
        PgSession session = await(writes);
        while (isSuspect(session) && !session.answers()) {
            end(session);
            session = await(writes);
        }
        return session;
    }

    private synchronized boolean isSuspect(PgSession session) {
        long since = session.idleSince();
        return since - suspectUntil < 0 || System.nanoTime() - since > STALE;
    }

    private synchronized PgSession await(boolean writes) throws SQLException {
        Object place = new Object();
        long began = System.nanoTime();
        int seen = refusals;
        queue.addLast(place);
        try {
            while (true) {
                requireThatItIsOpen();
                if (place.equals(queue.peekFirst()) && !idle.isEmpty()) {
                    return idle.removeFirst();
                }
                SQLException problem = refusal;
                if (problem != null && refusals != seen && open == 0) {
                    throw new SQLException(problem.getMessage(), problem.getSQLState(), problem);
                }
                long now = System.nanoTime();
                logInIfDue(writes, now, now - began);
                if (now - began >= PATIENCE) {
                    throw nothingCame(now);
                }
                wait(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoSessionException();
        } finally {
            queue.remove(place);
            long now = System.nanoTime();
            demand.waited(now - began, now);
            notifyAll();
        }
    }

    private void requireThatItIsOpen() throws NoSessionException {
        if (closed) {
            throw new NoSessionException();
        }
    }

    /** Where others are at work it will be our turn; where a login alone is under way nobody answers. */
    private SQLException nothingCame(long now) {
        return open == 1 && loggingIn && logins.isSilentFor(PATIENCE, now)
                ? new SQLException("PostgreSQL does not answer", "08001")
                : new NoSessionException();
    }

    private void logInIfDue(boolean writes, long now, long waiting) {
        if (loggingIn || open >= most) {
            return;
        }
        boolean due = open == 0
                ? !writes || !crowded || now - nextWriter >= 0
                : !crowded && now - nextGrowth >= 0 && demand.isHigh(waiting, now);
        if (due) {
            loggingIn = true;
            open++;
            demand.met(now);
            try {
                keeper.execute(this::logIn);
            } catch (RejectedExecutionException e) {
                LOG.debug("The task ends, so that nobody logs in any more");
            }
        }
    }

    private void logIn() {
        try {
            opened(logins.open());
        } catch (SQLException e) {
            refused(e);
        } catch (RuntimeException e) {
            refused(new SQLException("Logging in failed for " + e.getClass().getName(), "08001", e));
        }
    }

    private void opened(PgSession session) {
        boolean kept;
        synchronized (this) {
            loggingIn = false;
            kept = !closed;
            if (kept) {
                long now = System.nanoTime();
                crowded = session.sawCrowd();
                crowdAskedAt = now;
                nextWriter =
                        now + LEAST_BETWEEN_LOGINS + ThreadLocalRandom.current().nextLong(LEAST_BETWEEN_LOGINS);
                session.idle(now);
                idle.addLast(session);
                notifyAll();
            }
        }
        if (!kept) {
            session.close();
        }
    }

    private synchronized void refused(SQLException error) {
        long now = System.nanoTime();
        loggingIn = false;
        open--;
        if (!(error instanceof NoSessionException)) {
            refusals++;
            refusal = error;
        }
        nextGrowth = now + NO_GROWTH + ThreadLocalRandom.current().nextLong(NO_GROWTH);
        if (open > 0 && now - saidAt >= QUIET) {
            saidAt = now;
            LOG.info(
                    "There is no session more than the {} that the task has, which its lanes share: {}",
                    open,
                    Failures.text(error));
        }
        notifyAll();
    }

    /**
     * Takes a session back.
     *
     * @param more whether the borrower has more to do at once, so that it is worth keeping even in a crowd
     */
    public void giveBack(PgSession session, boolean more) {
        if (!session.endTransaction()) {
            end(session);
            return;
        }
        boolean kept;
        synchronized (this) {
            kept = !closed && (!crowded || more || !queue.isEmpty());
            if (kept) {
                session.idle(System.nanoTime());
                idle.addFirst(session);
            } else {
                open--;
            }
            notifyAll();
        }
        if (!kept) {
            session.close();
        }
    }

    /** Ends a session that may be broken. What others have left may be, too, and is looked at before it is used. */
    public void end(PgSession session) {
        synchronized (this) {
            open--;
            suspectUntil = System.nanoTime();
            notifyAll();
        }
        session.close();
    }

    private void keepHouse() {
        try {
            takeIdle().forEach(PgSession::close);
            PgSession one = takeForQuestion();
            if (one != null) {
                boolean isCrowd = Crowd.isAt(one.connection());
                putBack(one, one.endTransaction(), isCrowd);
            }
        } catch (RuntimeException e) {
            // The next look may be luckier.
            LOG.debug("Idle sessions could not be looked at", e);
        }
    }

    /** It has been idle all the time. */
    private void putBack(PgSession session, boolean isWell, boolean isCrowd) {
        boolean kept;
        synchronized (this) {
            kept = isWell && !closed;
            if (kept) {
                crowded = isCrowd;
                idle.addFirst(session);
            } else {
                open--;
            }
            notifyAll();
        }
        if (!kept) {
            session.close();
        }
    }

    /** Takes out those that were idle for too long. */
    private synchronized List<PgSession> takeIdle() {
        long now = System.nanoTime();
        List<PgSession> taken = new ArrayList<>();
        for (Iterator<PgSession> last = idle.descendingIterator(); last.hasNext(); ) {
            PgSession session = last.next();
            long longest = crowded ? CROWDED_IDLE : open > 1 ? FURTHER_IDLE : LAST_IDLE;
            if (now - session.idleSince() > longest) {
                last.remove();
                open--;
                taken.add(session);
            }
        }
        return taken;
    }

    private synchronized @Nullable PgSession takeForQuestion() {
        long now = System.nanoTime();
        PgSession fresh = idle.peekFirst();
        // One that nobody uses need not ask: it would only be kept alive.
        if (fresh == null || now - crowdAskedAt < CROWD_QUESTION || fresh.idleSince() - crowdAskedAt < 0) {
            return null;
        }
        crowdAskedAt = now;
        return idle.removeFirst();
    }

    /**
     * Ends all sessions. While PostgreSQL is away that may take longer than Connect gives a task to stop, so it has a thread of
     * its own.
     */
    @Override
    public void close() {
        List<PgSession> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(idle);
            idle.clear();
            open -= left.size();
            notifyAll();
        }
        keeper.shutdownNow();
        Thread closing = threads.newThread(() -> left.forEach(PgSession::close));
        closing.start();
        try {
            closing.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the driver is told. */
    static Properties properties(SinkConfig config) {
        ConnectionConfig connection = config.connection();
        Duration statement = config.writes().statementTimeout();
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "sluice " + config.identity());
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        // A network that swallows packets is found out by the socket, once the server's own timeout is over.
        if (!statement.isZero()) {
            properties.setProperty("socketTimeout", Long.toString(statement.toSeconds() + SOCKET_SLACK_SECONDS));
        }
        properties.setProperty("cancelSignalTimeout", Integer.toString(CANCEL_SECONDS));
        // The server's details quote the row.
        properties.setProperty("logServerErrorDetail", "false");
        if (!connection.user().isEmpty()) {
            properties.setProperty("user", connection.user());
        }
        if (!connection.password().value().isEmpty()) {
            properties.setProperty("password", connection.password().value());
        }
        properties.putAll(connection.driverProperties());
        return properties;
    }

    /** The driver registers itself when it is loaded, which would keep this plugin's class loader alive for ever. */
    private static void leaveDriverManager() {
        try {
            if (Driver.isRegistered()) {
                Driver.deregister();
            }
        } catch (SQLException e) {
            LOG.debug("The driver stays registered", e);
        }
    }
}
