package io.sluice.write;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether a server is short of connections. */
final class Crowd {
    /**
     * Of those that there are for everybody, for the role, and for the database: nine in ten are taken, or connectors of this
     * kind have more than two in five. A superuser has no limit but the server's.
     */
    private static final String QUESTION = """
            WITH session AS (
                SELECT a.usename, a.datname, pg_catalog.starts_with(a.application_name, 'sluice ') AS ours
                FROM pg_catalog.pg_stat_activity a
                WHERE a.backend_type = 'client backend'),
            bound AS (
                SELECT pg_catalog.current_setting('max_connections')::int
                        - pg_catalog.current_setting('superuser_reserved_connections')::int
                        - COALESCE(pg_catalog.current_setting('reserved_connections', true)::int, 0) AS most,
                    pg_catalog.count(*) AS used,
                    pg_catalog.count(*) FILTER (WHERE s.ours) AS ours
                FROM session s
                UNION ALL
                SELECT r.rolconnlimit, pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE s.ours)
                FROM pg_catalog.pg_roles r JOIN session s ON s.usename = r.rolname
                WHERE r.rolname = current_user AND r.rolconnlimit >= 0 AND NOT r.rolsuper
                GROUP BY r.rolconnlimit
                UNION ALL
                SELECT d.datconnlimit, pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE s.ours)
                FROM pg_catalog.pg_database d JOIN session s ON s.datname = d.datname
                WHERE d.datname = pg_catalog.current_database() AND d.datconnlimit >= 0
                GROUP BY d.datconnlimit)
            SELECT pg_catalog.bool_or(used * 10 > most * 9 OR ours * 5 > most * 2) FROM bound
            """;

    private Crowd() {}

    /** A server that does not say counts as roomy. The caller ends the transaction, if there is one. */
    static boolean isAt(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
