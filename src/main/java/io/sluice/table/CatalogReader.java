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
public final class CatalogReader {
    private static final String RELATION = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = pg_catalog.to_regclass(?) AND c.relkind IN ('r', 'p', 'v', 'f')""";

    private static final String COLUMNS = """
            SELECT a.attname, t.typname, pg_catalog.format_type(t.oid, NULL) AS sql_name,
                   n.nspname = 'pg_catalog' AND t.typtype = 'b' AND t.typcategory <> 'A' AS built_in,
                   a.atttypmod <> -1 AS limited,
                   a.attnotnull, a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> '' AS has_default,
                   CASE WHEN a.attgenerated <> '' THEN 'GENERATED'
                        WHEN a.attidentity = 'a' THEN 'IDENTITY_ALWAYS'
                        WHEN a.attidentity = 'd' THEN 'IDENTITY_BY_DEFAULT'
                        ELSE 'NONE' END AS generation
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
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

    private static final String FOREIGN_KEYS = """
            SELECT n.nspname, c.relname, f.conrelid = ? AS refers
            FROM pg_catalog.pg_constraint f
            JOIN pg_catalog.pg_class c ON c.oid = f.confrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE f.contype = 'f' AND ? IN (f.conrelid, f.confrelid) AND f.conrelid <> f.confrelid""";

    private CatalogReader() {}

    /** The table's definition; empty where it is not there, or not visible to the role. */
    public static Optional<TableSchema> read(Connection connection, TableId id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELATION)) {
            statement.setString(1, id.sql());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long oid = row.getLong("oid");
                String kind = row.getString("relkind");
                boolean table = ("r".equals(kind) || "p".equals(kind)) && !row.getBoolean("relrowsecurity");
                TableId resolved = new TableId(row.getString("nspname"), row.getString("relname"));
                TableSchema.Kind other = "v".equals(kind) ? TableSchema.Kind.VIEW : TableSchema.Kind.INSERT_ONLY;
                return Optional.of(describe(connection, oid, resolved, table ? TableSchema.Kind.TABLE : other));
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
        return new TableSchema(id, kind, columns(connection, oid), primaryKey, uniqueKeys, references(connection, oid));
    }

    private static TableSchema.References references(Connection connection, long oid) throws SQLException {
        Set<TableId> parents = new HashSet<>();
        boolean children = false;
        try (PreparedStatement statement = connection.prepareStatement(FOREIGN_KEYS)) {
            statement.setLong(1, oid);
            statement.setLong(2, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean("refers")) {
                        parents.add(new TableId(row.getString("nspname"), row.getString("relname")));
                    } else {
                        children = true;
                    }
                }
            }
        }
        return new TableSchema.References(parents, children);
    }

    private static List<Column> columns(Connection connection, long oid) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    PgType type = new PgType(
                            row.getString("typname"),
                            row.getString("sql_name"),
                            row.getBoolean("built_in"),
                            row.getBoolean("limited"));
                    columns.add(new Column(
                            row.getString("attname"),
                            type,
                            row.getBoolean("attnotnull"),
                            row.getBoolean("has_default"),
                            Column.Generation.valueOf(row.getString("generation"))));
                }
            }
        }
        return columns;
    }
}
