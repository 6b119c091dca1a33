package io.sluice.table;

import io.sluice.type.PgType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a table's definition from {@code pg_catalog}. Names are compared as they are, not as patterns, and a name
 * without a schema means what the session's search path makes of it.
 */
final class CatalogReader {
    private static final String RELATION = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = pg_catalog.to_regclass(?) AND c.relkind IN ('r', 'p', 'v', 'f')""";

    /** A domain's columns are of the type below it, with its length or precision, its NOT NULL and its default. */
    private static final String COLUMNS = """
            WITH RECURSIVE base (attnum, type, modifier, not_null, has_default, domain) AS (
                SELECT a.attnum, a.atttypid, a.atttypmod, a.attnotnull,
                       a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> '', false
                FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
                UNION ALL
                SELECT b.attnum, t.typbasetype, CASE WHEN t.typtypmod = -1 THEN b.modifier ELSE t.typtypmod END,
                       b.not_null OR t.typnotnull, b.has_default OR t.typdefault IS NOT NULL, true
                FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.type AND t.typtype = 'd'
            )
            SELECT a.attname, t.typname, pg_catalog.format_type(t.oid, -1) AS sql_name,
                   n.nspname = 'pg_catalog' AS built_in, b.modifier, b.not_null, b.has_default, b.domain,
                   coalesce(c.collisdeterministic, true) AS bytewise, a.attidentity, a.attgenerated,
                   e.typname AS element_name, pg_catalog.format_type(e.oid, -1) AS element_sql_name,
                   en.nspname = 'pg_catalog' AND e.typtype <> 'd' AS element_built_in
            FROM base b
            JOIN pg_catalog.pg_attribute a ON a.attrelid = ? AND a.attnum = b.attnum
            JOIN pg_catalog.pg_type t ON t.oid = b.type AND t.typtype <> 'd'
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_type e ON e.typarray = t.oid
            LEFT JOIN pg_catalog.pg_namespace en ON en.oid = e.typnamespace
            LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
            ORDER BY a.attnum""";

    private static final String UNIQUE_KEYS = """
            SELECT i.indisprimary,
                   ARRAY(SELECT a.attname::text
                         FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                         WHERE k.position <= i.indnkeyatts
                         ORDER BY k.position) AS columns
            FROM pg_catalog.pg_index i
            WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid AND i.indimmediate
              AND i.indpred IS NULL AND i.indexprs IS NULL""";

    private CatalogReader() {}

    /** The table's definition; empty where it is not there, or not visible to the role. */
    static Optional<TableSchema> read(Connection connection, TableId id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELATION)) {
            statement.setString(1, id.sql());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long oid = row.getLong("oid");
                String kind = row.getString("relkind");
                boolean plain = ("r".equals(kind) || "p".equals(kind)) && !row.getBoolean("relrowsecurity");
                TableId resolved = new TableId(row.getString("nspname"), row.getString("relname"));
                return Optional.of(describe(
                        connection, oid, resolved, plain ? TableSchema.Kind.TABLE : TableSchema.Kind.INSERT_ONLY));
            }
        }
    }

    private static TableSchema describe(Connection connection, long oid, TableId id, TableSchema.Kind kind)
            throws SQLException {
        List<String> primaryKey = new ArrayList<>();
        List<Set<String>> uniqueKeys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE_KEYS)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<String> columns =
                            List.of((String[]) row.getArray("columns").getArray());
                    uniqueKeys.add(new HashSet<>(columns));
                    if (row.getBoolean("indisprimary")) {
                        primaryKey.addAll(columns);
                    }
                }
            }
        }
        return new TableSchema(id, kind, columns(connection, oid), primaryKey, uniqueKeys);
    }

    private static List<Column> columns(Connection connection, long oid) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, oid);
            statement.setLong(2, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new Column(
                            row.getString("attname"),
                            type(row),
                            row.getBoolean("not_null"),
                            row.getBoolean("has_default"),
                            Column.Generation.of(row.getString("attidentity"), row.getString("attgenerated"))));
                }
            }
        }
        return columns;
    }

    private static PgType type(ResultSet row) throws SQLException {
        boolean bytewise = row.getBoolean("bytewise");
        String element = row.getString("element_name");
        return new PgType(
                row.getString("typname"),
                row.getString("sql_name"),
                row.getBoolean("built_in"),
                row.getInt("modifier"),
                row.getBoolean("domain"),
                bytewise,
                element == null
                        ? null
                        : new PgType(
                                element,
                                row.getString("element_sql_name"),
                                row.getBoolean("element_built_in"),
                                row.getInt("modifier"),
                                false,
                                bytewise,
                                null));
    }
}
