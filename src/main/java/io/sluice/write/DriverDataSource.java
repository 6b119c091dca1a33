package io.sluice.write;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

/**
 * Connects with a driver of its own. pgjdbc's own data sources and the pool's both ask {@link java.sql.DriverManager},
 * which belongs to the whole JVM and would mix up the drivers of different plugins.
 */
final class DriverDataSource implements DataSource {
    private final Driver driver = new Driver();
    private final String url;
    private final Properties properties;

    DriverDataSource(String url, Properties properties) {
        this.url = url;
        this.properties = properties;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            // The URL itself stays out of the message: it may hold a password.
            throw new SQLException("connection.url is not a PostgreSQL URL", "08001");
        }
        try {
            prepareNothingBehindAPooler(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /**
     * Behind a pooler one of the server's sessions may serve many of ours, each of which numbers the statements that it has
     * prepared. A pooler that does not see to that makes one execute the other's. So nothing stays prepared behind one,
     * unless connection.prepareThreshold says so. A pooler shows in the process that it announces, which is not the
     * server's.
     */
    private void prepareNothingBehindAPooler(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        Properties given = Driver.parseURL(url, properties);
        if (given == null || PGProperty.PREPARE_THRESHOLD.isPresent(given)) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet process = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            process.next();
            if (process.getInt(1) != postgres.getBackendPID()) {
                postgres.setPrepareThreshold(0);
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The login is a property of this data source");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // Nothing is written there.
    }

    /** The driver's own connectTimeout counts. */
    @Override
    public void setLoginTimeout(int seconds) {
        // The pool sets its own idea of it on every data source.
    }

    /** So long does the pool wait, when it is closed, for its thread that opens connections; then it warns. */
    @Override
    public int getLoginTimeout() {
        return 1;
    }

    @Override
    public Logger getParentLogger() {
        return driver.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("Not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
