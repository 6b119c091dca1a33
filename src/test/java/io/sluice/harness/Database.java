package io.sluice.harness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * One database of a server. Every call opens a session of its own, so that nothing is left broken when the server was
 * away.
 */
public record Database(String host, int port, String name, String user, String password) {

    private static final String APPLICATION_NAME = "sluice-harness";
    private static final String SESSIONS =
            " FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
                    + " AND application_name <> ? AND application_name LIKE ?";

    public String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    /** What a connector's configuration needs in order to reach this database. */
    public Map<String, String> connectionConfig() {
        return Map.of("connection.url", url(), "connection.user", user, "connection.password", password);
    }

    public Database inDatabase(String other) {
        return new Database(host, port, other, user, password);
    }

    /** The same database as another role sees it. */
    public Database as(String otherUser, String otherPassword) {
        return new Database(host, port, name, otherUser, otherPassword);
    }

    /** A session for tests that need one to stay open, to hold a lock for instance. The caller closes it. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", APPLICATION_NAME);
        properties.setProperty("connectTimeout", "5");
        // Not through DriverManager: the plugin under test takes its driver out of it, and may run in this JVM.
        return new Driver().connect(url(), properties);
    }

    /** Runs statements one after the other, each in a transaction of its own. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new HarnessException("Could not execute " + Arrays.toString(statements), e);
        }
    }

    /** All rows of a query, each the list of its columns as pgjdbc gives them. */
    public List<List<@Nullable Object>> rows(String query, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return rowsOf(statement.executeQuery());
        } catch (SQLException e) {
            throw new HarnessException("Could not query " + query, e);
        }
    }

    /** All rows of a query as PostgreSQL writes them, in UTC: true is t, for instance. */
    public List<List<@Nullable String>> texts(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET timezone = 'UTC'");
            return textsOf(statement.executeQuery(query));
        } catch (SQLException e) {
            throw new HarnessException("Could not query " + query, e);
        }
    }

    /** A row to compare with, in which null is allowed. */
    public static List<@Nullable Object> row(@Nullable Object... columns) {
        return Arrays.asList(columns);
    }

    /** The first column of all rows. */
    public List<@Nullable Object> column(String query, Object... parameters) {
        List<@Nullable Object> column = new ArrayList<>();
        rows(query, parameters).forEach(row -> column.add(row.get(0)));
        return column;
    }

    /** The single number that a query gives. */
    public long number(String query, Object... parameters) {
        List<@Nullable Object> column = column(query, parameters);
        if (column.size() == 1 && column.get(0) instanceof Number number) {
            return number.longValue();
        }
        throw new HarnessException("Not one number but " + column + ": " + query);
    }

    /** Rows in a table, whose name is quoted for you. */
    public long count(String table) {
        return number("SELECT count(*) FROM " + quoted(table));
    }

    public boolean hasTable(String table) {
        return number("SELECT count(*) FROM pg_class WHERE relname = ? AND relkind IN ('r', 'p')", table) > 0;
    }

    /** Sessions in this database whose application name is like the pattern, the harness's own left out. */
    public long sessions(String applicationNamePattern) {
        return number("SELECT count(*)" + SESSIONS, APPLICATION_NAME, applicationNamePattern);
    }

    /** Ends those sessions with {@code pg_terminate_backend}; returns how many there were. */
    public long terminateSessions(String applicationNamePattern) {
        return number("SELECT count(pg_terminate_backend(pid))" + SESSIONS, APPLICATION_NAME, applicationNamePattern);
    }

    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static List<List<@Nullable String>> textsOf(ResultSet result) throws SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<@Nullable String> row = new ArrayList<>(columns);
            for (int i = 1; i <= columns; i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<List<@Nullable Object>> rowsOf(ResultSet result) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<@Nullable Object> row = new ArrayList<>(columns);
            for (int i = 1; i <= columns; i++) {
                row.add(result.getObject(i));
            }
            rows.add(row);
        }
        return rows;
    }
}
