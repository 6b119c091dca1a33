package io.sluice.cdc;

import io.sluice.harness.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that run transactions of one workload, each at its own steady pace. A transaction that loses against another
 * is rolled back and counts as a lost one.
 */
final class Clients implements AutoCloseable {

    /** A key that another transaction was first to take, a deadlock, a serialization failure. */
    private static final Set<String> LOST_RACES = Set.of("23505", "40P01", "40001");

    private static final long PATIENCE_SECONDS = 60;

    private final Workload workload;
    private final ScheduledExecutorService executor;
    private final List<Connection> connections = new ArrayList<>();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private Clients(Workload workload, int number) {
        this.workload = workload;
        this.executor = new ScheduledThreadPoolExecutor(number, task -> {
            Thread thread = new Thread(task, "cdc-client");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** That many sessions, which do so many transactions a second together. */
    static Clients start(Workload workload, Database database, int number, int perSecond, Random seeds)
            throws SQLException {
        Clients clients = new Clients(workload, number);
        for (int i = 0; i < number; i++) {
            Connection connection = database.connect();
            connection.setAutoCommit(false);
            clients.connections.add(connection);
            Random random = new Random(seeds.nextLong());
            var unused = clients.executor.scheduleAtFixedRate(
                    () -> clients.transaction(connection, random),
                    0,
                    1_000_000L * number / perSecond,
                    TimeUnit.MICROSECONDS);
        }
        return clients;
    }

    /** Ends the sessions, when their transactions are done, and fails if one of them had to give up. */
    void finish() throws SQLException {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A transaction does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while transactions ended", e);
        }
        requireNoFailure();
        close();
    }

    void requireNoFailure() {
        Exception reason = failure.get();
        if (reason != null) {
            throw new IllegalStateException("The load has failed", reason);
        }
    }

    long transactions() {
        return transactions.get();
    }

    long lost() {
        return lost.get();
    }

    @Override
    public void close() throws SQLException {
        executor.shutdownNow();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private void transaction(Connection connection, Random random) {
        try {
            workload.transaction(connection, random);
            transactions.incrementAndGet();
        } catch (SQLException e) {
            rollback(connection, e);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void rollback(Connection connection, SQLException reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
        if (LOST_RACES.contains(String.valueOf(reason.getSQLState()))) {
            lost.incrementAndGet();
        } else {
            failure.compareAndSet(null, reason);
        }
    }
}
