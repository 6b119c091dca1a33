package io.sluice.table;

import io.sluice.config.SinkConfig;
import io.sluice.record.RecordException;
import io.sluice.type.ExtensionTypes;
import io.sluice.type.PgType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a table's definition from {@code pg_catalog}. Names are compared as they are, not as patterns, and a name
 * without a schema means what the session's search path makes of it.
 */
public final class CatalogReader {
    private static final String RELATION = """
            SELECT pg_catalog.current_schema() AS first_schema, c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity,
                   c.relpersistence,
                   CASE WHEN c.relkind IN ('v', 'f') THEN pg_catalog.pg_relation_is_updatable(c.oid, true) <> 0
                        ELSE c.relkind IN ('r', 'p') END AS writable,
                   CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_rewrite w
                                     WHERE w.ev_class = c.oid AND w.ev_type IN ('2', '3'))
                             THEN 'it has a rule for INSERT or UPDATE'
                        WHEN c.relkind = 'v' AND pg_catalog.pg_relation_is_updatable(c.oid, false) & 12 <> 12
                             THEN 'it is a view that PostgreSQL does not write through by itself'
                        WHEN c.relkind = 'f' THEN 'it is a foreign table' END AS obstacle
            FROM (SELECT ?::text AS schema) AS named
            LEFT JOIN pg_catalog.pg_namespace s ON s.nspname = named.schema
            LEFT JOIN pg_catalog.pg_class c
                   ON c.oid = CASE WHEN named.schema = '' OR pg_catalog.has_schema_privilege(s.oid, 'USAGE')
                                   THEN pg_catalog.to_regclass(?) END
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace""";

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
                   CASE WHEN t.typtype = 'e' THEN true
                        WHEN n.nspname <> 'pg_catalog' THEN false
                        ELSE coalesce(c.collisdeterministic, true) AND NOT EXISTS (
                            SELECT FROM pg_catalog.pg_index i
                            CROSS JOIN ROWS FROM (
                                pg_catalog.unnest(i.indkey::int2[]),
                                pg_catalog.unnest(i.indcollation::oid[]),
                                pg_catalog.unnest(i.indclass::oid[])) AS k (attnum, collation_id, class_id)
                            JOIN pg_catalog.pg_opclass o ON o.oid = k.class_id
                            JOIN pg_catalog.pg_namespace own ON own.oid = o.opcnamespace
                            LEFT JOIN pg_catalog.pg_collation ic ON ic.oid = k.collation_id
                            WHERE i.indrelid = a.attrelid AND i.indisunique AND k.attnum = a.attnum
                              AND (NOT coalesce(ic.collisdeterministic, true) OR own.nspname <> 'pg_catalog'))
                        END AS bytewise,
                   CASE WHEN a.attgenerated <> '' THEN 'GENERATED'
                        WHEN a.attidentity = 'a' THEN 'IDENTITY_ALWAYS'
                        WHEN a.attidentity = 'd' THEN 'IDENTITY_BY_DEFAULT'
                        ELSE 'NONE' END AS generation,
                   pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'INSERT') AS insertable,
                   a.attnotnull AND a.attidentity = '' AND a.attgenerated = '' AND NOT b.domain
                     AND NOT EXISTS (SELECT FROM pg_catalog.pg_index k
                                     WHERE k.indrelid = a.attrelid AND (k.indisprimary OR k.indisreplident)
                                       AND a.attnum = ANY (k.indkey))
                     AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i
                                     JOIN pg_catalog.pg_attribute p ON p.attrelid = i.inhparent AND p.attname = a.attname
                                     WHERE i.inhrelid = a.attrelid AND p.attnotnull) AS droppable,
                   e.typname AS element_name, pg_catalog.format_type(e.oid, -1) AS element_sql_name,
                   en.nspname = 'pg_catalog' AND e.typtype <> 'd' AS element_built_in,
                   e.typtype = 'd' AS element_domain,
                   CASE WHEN e.typtype = 'd' THEN e.typtypmod ELSE b.modifier END AS element_modifier
            FROM base b
            JOIN pg_catalog.pg_attribute a ON a.attrelid = ? AND a.attnum = b.attnum
            JOIN pg_catalog.pg_type t ON t.oid = b.type AND t.typtype <> 'd'
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_type e ON e.typarray = t.oid
            LEFT JOIN pg_catalog.pg_namespace en ON en.oid = e.typnamespace
            LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
            ORDER BY a.attnum""";

    /** Expressions have no name among the columns, and do not matter there: their index is unfit. */
    private static final String UNIQUE_KEYS = """
            SELECT i.indisprimary, x.relname,
                   ARRAY(SELECT a.attname::text
                         FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                         WHERE k.position <= i.indnkeyatts
                         ORDER BY k.position) AS columns,
                   CASE WHEN NOT i.indimmediate THEN 'is deferrable'
                        WHEN i.indpred IS NOT NULL THEN 'is partial, for it has a WHERE'
                        WHEN i.indexprs IS NOT NULL THEN 'is on an expression'
                        WHEN NOT i.indisvalid THEN 'is not valid: drop it and create it again'
                        WHEN i.indisexclusion THEN 'excludes overlaps' END AS unfit
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
            WHERE i.indrelid = ? AND i.indisunique
            ORDER BY x.relname""";

    private static final String EXTENSION_TYPES = """
            SELECT t.typname, pg_catalog.format_type(t.oid, -1) AS sql_name
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid
            WHERE d.deptype = 'e' AND t.typname = ANY (?)""";

    private static final String FOREIGN_KEYS = """
            SELECT n.nspname, c.relname, f.conrelid = ? AS refers
            FROM pg_catalog.pg_constraint f
            JOIN pg_catalog.pg_class c ON c.oid = f.confrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE f.contype = 'f' AND ? IN (f.conrelid, f.confrelid) AND f.conrelid <> f.confrelid""";

    private final ForbiddenTables forbidden;

    public CatalogReader(SinkConfig config) {
        this.forbidden = new ForbiddenTables(config);
    }

    /**
     * The table's definition; empty where it is not there, or not visible to the role.
     *
     * @throws RecordException where there is something of that name that no record may be written to
     */
    public Optional<TableSchema> read(Connection connection, TableId id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELATION)) {
            statement.setString(1, id.schema());
            statement.setString(2, id.sql());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String first = Objects.requireNonNullElse(row.getString("first_schema"), "");
                if (row.getString("nspname") == null) {
                    forbidden.checkNew(id, first);
                    return Optional.empty();
                }
                TableId resolved = new TableId(row.getString("nspname"), row.getString("relname"));
                ForbiddenTables.checkSchema(resolved.schema());
                String kind = row.getString("relkind");
                if (!row.getBoolean("writable")) {
                    throw ForbiddenTables.unwritable(kind);
                }
                long oid = row.getLong("oid");
                forbidden.check(connection, oid);
                boolean table = ("r".equals(kind) || "p".equals(kind)) && !row.getBoolean("relrowsecurity");
                TableSchema.Kind other = "v".equals(kind) ? TableSchema.Kind.VIEW : TableSchema.Kind.INSERT_ONLY;
                TableSchema.Storage storage = "p".equals(row.getString("relpersistence"))
                        ? TableSchema.Storage.LOGGED
                        : TableSchema.Storage.UNLOGGED;
                return Optional.of(new TableSchema(
                        resolved,
                        table ? TableSchema.Kind.TABLE : other,
                        storage,
                        columns(connection, oid),
                        keys(connection, oid, Optional.ofNullable(row.getString("obstacle"))),
                        references(connection, oid)));
            }
        }
    }

    /** Types of extensions that new columns may be of. */
    static ExtensionTypes extensionTypes(Connection connection) throws SQLException {
        Map<String, String> names = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(EXTENSION_TYPES)) {
            statement.setArray(1, connection.createArrayOf("text", ExtensionTypes.KNOWN.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.put(row.getString("typname"), row.getString("sql_name"));
                }
            }
        }
        return new ExtensionTypes(names);
    }

    private static TableSchema.Keys keys(Connection connection, long oid, Optional<String> obstacle)
            throws SQLException {
        List<String> primary = new ArrayList<>();
        List<Set<String>> unique = new ArrayList<>();
        List<String> unfit = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE_KEYS)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<String> columns =
                            List.of((String[]) row.getArray("columns").getArray());
                    String reason = row.getString("unfit");
                    if (reason != null) {
                        unfit.add("its " + (row.getBoolean("indisprimary") ? "primary key" : "unique index") + " \""
                                + row.getString("relname") + "\" does not serve, as it " + reason);
                        continue;
                    }
                    unique.add(new HashSet<>(columns));
                    if (row.getBoolean("indisprimary")) {
                        primary.addAll(columns);
                    }
                }
            }
        }
        return new TableSchema.Keys(primary, unique, unfit, obstacle);
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
            statement.setLong(2, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new Column(
                            row.getString("attname"),
                            type(row),
                            row.getBoolean("not_null"),
                            row.getBoolean("has_default"),
                            Column.Generation.valueOf(row.getString("generation")),
                            row.getBoolean("insertable"),
                            row.getBoolean("droppable")));
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
                                row.getInt("element_modifier"),
                                row.getBoolean("element_domain"),
                                bytewise,
                                null));
    }
}
