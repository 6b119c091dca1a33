package io.sluice.write;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.sluice.config.ConnectionConfig;
import io.sluice.config.SinkConfig;
import io.sluice.config.WriteConfig;
import io.sluice.metrics.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task's pool of connections: at most one for each lane, and those that they share to read and change tables and to take
 * partitions over.
 * None is opened before there is work.
 *
 * <p>The driver is instantiated, not looked up.
 */
public final class Sessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final int CONNECT_SECONDS = 10;
    /** For each of the two steps of a cancellation. */
    private static final int CANCEL_SECONDS = 1;
    /** How long a lane waits for a connection before it counts a failure and backs off. */
    private static final long BORROW_MILLIS = 1_000;

    private static final long CLOSE_MILLIS = 1_000;
    private static final int SOCKET_SLACK_SECONDS = 30;
    /** A worker that is frozen between two statements holds its locks no longer than this. */
    private static final int IDLE_IN_TRANSACTION_MILLIS = 30_000;

    private final HikariDataSource pool;
    private final Duration lockTimeout;
    private final ThreadFactory threads;

    private Sessions(HikariDataSource pool, Duration lockTimeout, ThreadFactory threads) {
        this.pool = pool;
        this.lockTimeout = lockTimeout;
        this.threads = threads;
    }

    /** The pool of a task; nothing is connected yet. */
    public static Sessions of(SinkConfig config, ThreadFactory threads) {
        leaveDriverManager();
        WriteConfig writes = config.writes();
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName("sluice-" + config.identity());
        hikari.setDataSource(connections(config, properties -> {}));
        hikari.setMaximumPoolSize(config.connections());
        hikari.setMinimumIdle(0);
        hikari.setInitializationFailTimeout(-1);
        hikari.setConnectionTimeout(BORROW_MILLIS);
        hikari.setAutoCommit(false);
        // The ledger reckons with it, whatever the server's default is. HikariCP (7.1.0) asks its first connection for
        // the default, and where that one is lost meanwhile it demands level -1 of all others, which there is not.
        hikari.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // Without it the settings below belong to the first transaction, and its rollback takes them away.
        hikari.setIsolateInternalQueries(true);
        hikari.setThreadFactory(threads);
        hikari.setConnectionInitSql(
                "SET statement_timeout = " + writes.statementTimeout().toMillis()
                        + "; SET lock_timeout = " + writes.lockTimeout().toMillis()
                        + "; SET idle_in_transaction_session_timeout = " + IDLE_IN_TRANSACTION_MILLIS
                        + "; SET client_min_messages = warning");
        DataSource direct = unpooled(config, Duration.ofMillis(BORROW_MILLIS));
        return new Sessions(new LookingPool(hikari, direct), writes.lockTimeout(), threads);
    }

    /**
     * Connections without a pool, for whoever wants to know whether there is one.
     *
     * @param patience longest wait for each answer, rounded up to seconds
     */
    public static DataSource unpooled(SinkConfig config, Duration patience) {
        leaveDriverManager();
        return connections(config, limits(patience));
    }

    /**
     * The same, for connections that are all over at a time that the caller knows, whatever the server, the driver or the
     * configuration does: those that are being opened, too.
     */
    public static DataSource unpooled(SinkConfig config, Duration patience, EndableSockets.Group group) {
        leaveDriverManager();
        return connections(config, limits(patience).andThen(group::adopt));
    }

    private static Consumer<Properties> limits(Duration patience) {
        String seconds = Long.toString(patience.plusMillis(999).toSeconds());
        return properties -> {
            properties.setProperty("connectTimeout", seconds);
            properties.setProperty("socketTimeout", seconds);
            // With a limit of its own for the whole login the driver would use a thread that it leaves behind.
            properties.setProperty("loginTimeout", "0");
        };
    }

    private static DataSource connections(SinkConfig config, Consumer<Properties> last) {
        return new DriverDataSource(
                config.connection().url(),
                properties(config),
                last,
                Sql.readTextsAlike(config.records().values().zone()));
    }

    /** Connections for short work; each is given back by closing it. */
    public DataSource connections() {
        return pool;
    }

    /** How many connections there are at this moment. */
    public Connections use() {
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        return now == null
                ? new Connections(0, 0, 0)
                : new Connections(
                        now.getActiveConnections(), now.getIdleConnections(), now.getThreadsAwaitingConnection());
    }

    /**
     * A session for a lane.
     *
     * @throws SQLException where there is no connection to be had
     */
    public PgSession open() throws SQLException {
        Connection connection = pool.getConnection();
        try {
            return new PgSession(connection, lockTimeout, () -> pool.evictConnection(connection));
        } catch (SQLException e) {
            pool.evictConnection(connection);
            throw e;
        }
    }

    /**
     * Ends all connections. While PostgreSQL is away the pool takes longer over that than Connect gives a task to stop, so it
     * has a thread of its own for it.
     */
    @Override
    public void close() {
        Thread closing = threads.newThread(pool::close);
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
