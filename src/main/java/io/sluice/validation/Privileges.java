package io.sluice.validation;

import io.sluice.table.Identifiers;
import io.sluice.table.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the role may do, by PostgreSQL's own functions. */
record Privileges(Connection connection) {
    private static final String RIGHTS = """
            SELECT n.nspname, pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS usage,
                   pg_catalog.has_schema_privilege(n.oid, 'CREATE') AS creation
            FROM pg_catalog.pg_namespace n
            """;

    private static final String NAMED = RIGHTS + "WHERE n.nspname OPERATOR(pg_catalog.=) ?";

    /** The first that can be used, or else the first that is there at all, which {@code current_schema()} does not tell. */
    private static final String FIRST_OF_PATH = RIGHTS + """
            JOIN pg_catalog.regexp_split_to_table(pg_catalog.current_setting('search_path'), ',')
                 WITH ORDINALITY AS path (entry, position)
              ON n.nspname OPERATOR(pg_catalog.=) pg_catalog.replace(pg_catalog.btrim(path.entry, '" '), '$user', current_user)
            ORDER BY usage DESC, path.position
            LIMIT 1""";

    /** A privilege on single columns counts: which ones are needed only the records show. */
    private static final String MISSING = """
            SELECT p.name
            FROM pg_catalog.unnest(?::pg_catalog.text[]) WITH ORDINALITY AS p (name, position)
            WHERE NOT CASE WHEN p.name OPERATOR(pg_catalog.=) ANY (ARRAY['SELECT', 'INSERT', 'UPDATE'])
                           THEN pg_catalog.has_any_column_privilege(pg_catalog.to_regclass(?), p.name)
                           ELSE pg_catalog.has_table_privilege(pg_catalog.to_regclass(?), p.name) END
            ORDER BY p.position""";

    private static final String SAME = """
            SELECT CASE WHEN n.one OPERATOR(pg_catalog.=) '' THEN pg_catalog.current_schema()::pg_catalog.text
                        ELSE n.one END OPERATOR(pg_catalog.=)
                   CASE WHEN n.other OPERATOR(pg_catalog.=) '' THEN pg_catalog.current_schema()::pg_catalog.text
                        ELSE n.other END
            FROM (SELECT ?::pg_catalog.text, ?::pg_catalog.text) AS n (one, other)""";

    private static final String OWNED = """
            SELECT pg_catalog.pg_has_role(relowner, 'USAGE')
            FROM pg_catalog.pg_class
            WHERE oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(?)""";

    /**
     * A schema and what the role may do with it.
     *
     * @param usage whether it may see what is in there
     * @param create whether it may create tables in there
     */
    record Schema(String name, boolean usage, boolean create) {
        String sql() {
            return Identifiers.quote(name);
        }
    }

    /** The schema of that name, or of a table that is named without one; empty where it does not exist. */
    Optional<Schema> schema(String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(name.isEmpty() ? FIRST_OF_PATH : NAMED)) {
            if (!name.isEmpty()) {
                statement.setString(1, name);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Schema(
                                row.getString("nspname"), row.getBoolean("usage"), row.getBoolean("creation")))
                        : Optional.empty();
            }
        }
    }

    /** Those of the privileges that the role lacks. */
    List<String> missing(TableId table, List<String> privileges) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MISSING)) {
            statement.setArray(1, connection.createArrayOf("text", privileges.toArray()));
            statement.setString(2, table.sql());
            statement.setString(3, table.sql());
            try (ResultSet row = statement.executeQuery()) {
                List<String> missing = new ArrayList<>();
                while (row.next()) {
                    missing.add(row.getString(1));
                }
                return missing;
            }
        }
    }

    boolean exists(TableId table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
            statement.setString(1, table.sql());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Whether both names are of one table, there or not. */
    boolean areSame(TableId one, TableId other) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SAME)) {
            statement.setString(1, one.schema());
            statement.setString(2, other.schema());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1) && one.name().equals(other.name());
            }
        }
    }

    boolean owns(TableId table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OWNED)) {
            statement.setString(1, table.sql());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
