package io.sluice.validation;

import io.sluice.config.ConnectionConfig;
import io.sluice.config.InsertMode;
import io.sluice.config.SinkConfig;
import io.sluice.config.WriteConfig;
import io.sluice.config.WriteMethod;
import io.sluice.table.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server says of itself and of the role.
 *
 * @param version as in {@code server_version_num}
 * @param freeConnections connections that other sessions leave to this connector, of the server's, the role's and the
 *     database's
 * @param limits what there is at most, in words
 */
record Server(
        int version,
        boolean standby,
        boolean readOnly,
        boolean temporaryTables,
        String role,
        String database,
        long freeConnections,
        String limits) {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private static final int OLDEST = 140_000;
    private static final String TASKS = "tasks.max";

    /** A connector that is being given another configuration has sessions of its own, which it will replace. */
    private static final String QUESTION = """
            SELECT pg_catalog.current_setting('server_version_num')::int AS version,
                   pg_catalog.pg_is_in_recovery() AS standby,
                   pg_catalog.current_setting('transaction_read_only') = 'on' AS read_only,
                   pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY') AS temporary_tables,
                   current_user AS role,
                   pg_catalog.current_database() AS database,
                   pg_catalog.concat_ws(', ',
                     pg_catalog.concat('max_connections ', pg_catalog.current_setting('max_connections')),
                     pg_catalog.concat('of those reserved ', pg_catalog.current_setting('superuser_reserved_connections')),
                     (SELECT pg_catalog.concat('the role''s CONNECTION LIMIT ', r.rolconnlimit) FROM pg_catalog.pg_roles r
                      WHERE r.rolname = current_user AND r.rolconnlimit >= 0),
                     (SELECT pg_catalog.concat('the database''s CONNECTION LIMIT ', d.datconnlimit)
                      FROM pg_catalog.pg_database d
                      WHERE d.datname = pg_catalog.current_database() AND d.datconnlimit >= 0)) AS limits,
                   LEAST(
                     (SELECT r.rolconnlimit - pg_catalog.count(a.pid)
                      FROM pg_catalog.pg_roles r LEFT JOIN pg_catalog.pg_stat_activity a
                        ON a.usename = r.rolname AND NOT pg_catalog.starts_with(a.application_name, ours.prefix)
                      WHERE r.rolname = current_user AND r.rolconnlimit >= 0 GROUP BY r.rolconnlimit),
                     (SELECT d.datconnlimit - pg_catalog.count(a.pid)
                      FROM pg_catalog.pg_database d LEFT JOIN pg_catalog.pg_stat_activity a
                        ON a.datname = d.datname AND NOT pg_catalog.starts_with(a.application_name, ours.prefix)
                      WHERE d.datname = pg_catalog.current_database() AND d.datconnlimit >= 0 GROUP BY d.datconnlimit),
                     pg_catalog.current_setting('max_connections')::int
                     - pg_catalog.current_setting('superuser_reserved_connections')::int
                     - COALESCE(pg_catalog.current_setting('reserved_connections', true)::int, 0)
                     - (SELECT pg_catalog.sum(numbackends) FROM pg_catalog.pg_stat_database)
                     + (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity
                        WHERE pg_catalog.starts_with(application_name, ours.prefix)))
                     AS free_connections
            FROM (SELECT pg_catalog.left(?, 60) AS prefix) AS ours""";

    static Server ask(Connection connection, String connector) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUESTION)) {
            statement.setString(1, "sluice " + connector + "-");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Server(
                        row.getInt("version"),
                        row.getBoolean("standby"),
                        row.getBoolean("read_only"),
                        row.getBoolean("temporary_tables"),
                        row.getString("role"),
                        row.getString("database"),
                        row.getLong("free_connections"),
                        row.getString("limits"));
            }
        }
    }

    /** The role's name for a statement that is shown. */
    String quotedRole() {
        return Identifiers.quote(role);
    }

    void check(SinkConfig config, Map<String, String> properties, Findings findings) {
        checkVersion(findings);
        checkThatItTakesWrites(findings);
        checkTemporaryTables(config, findings);
        warnOfFewConnections(config, properties);
    }

    private void checkVersion(Findings findings) {
        if (version < OLDEST) {
            findings.add(
                    ConnectionConfig.URL,
                    "the server is PostgreSQL " + version / 10_000 + ", and 14 is the oldest that is supported. "
                            + "Upgrade it, or name another one.");
        }
    }

    private void checkThatItTakesWrites(Findings findings) {
        if (standby) {
            findings.add(
                    ConnectionConfig.URL,
                    "the server is a standby and takes no writes. Name the primary, or several hosts with "
                            + "connection.targetServerType=primary.");
        } else if (readOnly) {
            findings.add(
                    ConnectionConfig.URL,
                    "sessions of this role are read-only. For the role: ALTER ROLE " + quotedRole()
                            + " SET default_transaction_read_only = off;");
        }
    }

    /** Only COPY needs temporary tables, and a plain insert can do without one as long as no value needs a cast. */
    private void checkTemporaryTables(SinkConfig config, Findings findings) {
        WriteMethod method = config.writes().method();
        if (temporaryTables || method == WriteMethod.UNNEST || method == WriteMethod.ROWS) {
            return;
        }
        String grant = "GRANT TEMPORARY ON DATABASE " + Identifiers.quote(database) + " TO " + quotedRole() + ";";
        boolean inserts = config.writes().insertMode() == InsertMode.INSERT
                && !config.records().deletes().deletes();
        if (method == WriteMethod.AUTO) {
            LOG.warn("The role may not create temporary tables, without which large batches take more time: {}", grant);
        } else if (inserts) {
            LOG.warn("The role may not create temporary tables, which rows with converted values need: {}", grant);
        } else {
            findings.add(
                    ConnectionConfig.USER,
                    "the role may not create temporary tables, through which write.method copy merges rows; auto "
                            + "could do without. " + grant);
        }
    }

    private void warnOfFewConnections(SinkConfig config, Map<String, String> properties) {
        long wanted = (long) tasks(properties) * config.connections();
        if (wanted > freeConnections) {
            LOG.warn(
                    "{}, and there are {} left for it ({}). It gets on with fewer. To have all lanes write at a time, raise "
                            + "the limit; or lower tasks.max or write.parallelism",
                    wish(config, properties),
                    Math.max(0, freeConnections),
                    limits);
        }
    }

    /** How many connections a connector would take. */
    static String wish(SinkConfig config, Map<String, String> properties) {
        int each = config.connections();
        int lanes = config.writes().parallelism();
        return "The connector may open " + (long) tasks(properties) * each + " connections: " + TASKS + "="
                + tasks(properties) + " times " + each + " (" + WriteConfig.PARALLELISM + "=" + lanes + " and "
                + (each - lanes) + " more)";
    }

    private static int tasks(Map<String, String> properties) {
        try {
            return Integer.parseInt(String.valueOf(properties.get(TASKS)).trim());
        } catch (NumberFormatException e) {
            // Connect has its own word on that.
            return 1;
        }
    }
}
