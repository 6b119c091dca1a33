package io.sluice.write;

import io.sluice.config.SinkConfig;
import io.sluice.config.WriteConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** Opens sessions and tells the server what holds for all of their transactions. */
final class Logins {
    private static final String SOCKET_TIMEOUT = "socketTimeout";
    /** Longest wait for each answer while logging in. */
    private static final int SECONDS = 10;
    /** A worker that is frozen between two statements holds its locks no longer than this. */
    private static final int IDLE_IN_TRANSACTION_MILLIS = 30_000;

    private final LoginGate gate;
    private final DriverDataSource source;
    private final String settings;
    private final Duration lockTimeout;
    private final int socketMillis;
    private volatile boolean connecting;
    private volatile long since;

    Logins(SinkConfig config) {
        WriteConfig writes = config.writes();
        Properties properties = Sessions.properties(config);
        this.socketMillis = Integer.parseInt(properties.getProperty(SOCKET_TIMEOUT, "0")) * 1_000;
        if (!config.connection().driverProperties().containsKey(SOCKET_TIMEOUT)) {
            properties.setProperty(SOCKET_TIMEOUT, Integer.toString(SECONDS));
        }
        this.gate = LoginGate.of(config.connection().url(), config.connection().user());
        this.source = new DriverDataSource(config.connection().url(), properties);
        this.lockTimeout = writes.lockTimeout();
        // The ledger reckons with that isolation, whatever the server's default is.
        this.settings = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED"
                + "; SET statement_timeout = " + writes.statementTimeout().toMillis()
                + "; SET lock_timeout = " + lockTimeout.toMillis()
                + "; SET idle_in_transaction_session_timeout = " + IDLE_IN_TRANSACTION_MILLIS
                + "; SET client_min_messages = warning";
    }

    /** @throws SQLException where there is no session to be had */
    PgSession open() throws SQLException {
        return gate.pass(() -> {
            since = System.nanoTime();
            connecting = true;
            try {
                return prepare(source.getConnection());
            } finally {
                connecting = false;
            }
        });
    }

    /** Whether a login is under way that has had no answer for that long. */
    boolean isSilentFor(long nanos, long now) {
        return connecting && now - since >= nanos;
    }

    private PgSession prepare(Connection connection) throws SQLException {
        try {
            return session(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private PgSession session(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, socketMillis);
        try (Statement statement = connection.createStatement()) {
            // Outside of a transaction, whose rollback would take them away.
            statement.execute(settings);
        }
        boolean crowded = Crowd.isAt(connection);
        PgSession session = new PgSession(connection, lockTimeout);
        session.seeCrowd(crowded);
        connection.setAutoCommit(false);
        return session;
    }
}
