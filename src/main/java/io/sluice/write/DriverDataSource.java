package io.sluice.write;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLState;

/**
 * Connects with a driver of its own. pgjdbc's own data sources and the pool's both ask {@link java.sql.DriverManager},
 * which belongs to the whole JVM and would mix up the drivers of different plugins.
 */
final class DriverDataSource implements DataSource {
    /** Everything that the URL says is a property. */
    private static final String PLAIN_URL = "jdbc:postgresql://";

    private static final String NO_CLEARTEXT = "!password";
    private static final String INVALID_AUTHORIZATION = "28000";

    private final Driver driver = new Driver();
    private final Optional<Properties> properties;
    private final boolean guardsPassword;
    private final String settings;

    /**
     * @param properties what the driver is told, unless the URL says otherwise
     * @param last changes what it is told, whatever the URL says
     * @param settings the statements with which each session begins
     */
    DriverDataSource(String url, Properties properties, Consumer<Properties> last, String settings) {
        this.properties = Optional.ofNullable(Driver.parseURL(url, properties));
        this.properties.ifPresent(last);
        this.guardsPassword =
                this.properties.map(DriverDataSource::guardPassword).orElse(false);
        this.settings = settings;
    }

    /**
     * Without TLS for sure, whoever answers in place of the server could ask for the password in clear text and would get
     * it. So the driver is told to refuse that, unless connection.requireAuth says what it may answer.
     */
    private static boolean guardPassword(Properties properties) {
        if (PGProperty.REQUIRE_AUTH.isPresent(properties) || isEncrypted(properties)) {
            return false;
        }
        properties.setProperty(PGProperty.REQUIRE_AUTH.getName(), NO_CLEARTEXT);
        return true;
    }

    private static boolean isEncrypted(Properties properties) {
        try {
            return SslMode.of(properties).requireEncryption();
        } catch (SQLException e) {
            // The driver says so when it connects.
            return false;
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = connect();
        try {
            begin(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private Connection connect() throws SQLException {
        // The URL itself stays out of the message: it may hold a password.
        Properties all =
                properties.orElseThrow(() -> new SQLException("connection.url is not a PostgreSQL URL", "08001"));
        try {
            Connection connection = driver.connect(PLAIN_URL, all);
            if (connection == null) {
                throw new IllegalStateException("The driver does not know its own URLs");
            }
            return connection;
        } catch (SQLException e) {
            throw guardsPassword && isRefusal(e)
                    ? new SQLException("PostgreSQL asks for the password in clear text", INVALID_AUTHORIZATION, e)
                    : e;
        }
    }

    /** The driver gives the same SQLSTATE for other reasons; its words are those of the JVM's language. */
    private static boolean isRefusal(SQLException error) {
        return PSQLState.CONNECTION_REJECTED.getState().equals(error.getSQLState())
                && GT.tr("Authentication method is not allowed by requireAuth").equals(error.getMessage());
    }

    /**
     * Behind a pooler one of the server's sessions may serve many of ours, each of which numbers the statements that it has
     * prepared. A pooler that does not see to that makes one execute the other's. So nothing stays prepared behind one,
     * unless connection.prepareThreshold says so. A pooler shows in the process that it announces, which is not the
     * server's.
     */
    private void begin(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        try (Statement statement = connection.createStatement()) {
            for (boolean rows = statement.execute(settings + "; SELECT pg_catalog.pg_backend_pid()");
                    !rows;
                    rows = statement.getMoreResults()) {
                // Only the last statement of the text has rows.
            }
            try (ResultSet process = statement.getResultSet()) {
                process.next();
                if (process.getInt(1) != postgres.getBackendPID()
                        && properties.stream().noneMatch(PGProperty.PREPARE_THRESHOLD::isPresent)) {
                    postgres.setPrepareThreshold(0);
                }
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
