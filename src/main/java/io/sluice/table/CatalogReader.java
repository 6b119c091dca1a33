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
    /** Names with a schema are not for {@code to_regclass}, which fails where the role may not use the schema. */
    private static final String RELATION = """
            SELECT pg_catalog.current_schema() AS first_schema, c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity,
                   c.relpersistence,
                   CASE WHEN c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['v', 'f']::pg_catalog."char"[])
                             THEN pg_catalog.pg_relation_is_updatable(c.oid, true) OPERATOR(pg_catalog.<>) 0
                        ELSE c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p']::pg_catalog."char"[]) END AS writable,
                   CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_rewrite w
                                     WHERE w.ev_class OPERATOR(pg_catalog.=) c.oid
                                       AND w.ev_type OPERATOR(pg_catalog.=) ANY (ARRAY['2', '3']::pg_catalog."char"[]))
                             THEN 'it has a rule for INSERT or UPDATE'
                        WHEN c.relkind OPERATOR(pg_catalog.=) 'v'
                         AND ((pg_catalog.pg_relation_is_updatable(c.oid, false) OPERATOR(pg_catalog.&) 12)
                                  OPERATOR(pg_catalog.<>) 12
                              OR EXISTS (SELECT FROM pg_catalog.pg_trigger g
                                         WHERE g.tgrelid OPERATOR(pg_catalog.=) c.oid
                                           AND (g.tgtype OPERATOR(pg_catalog.&) 64::smallint) OPERATOR(pg_catalog.<>) 0))
                             THEN 'it is a view that PostgreSQL does not write through by itself'
                        WHEN c.relkind OPERATOR(pg_catalog.=) 'f' THEN 'it is a foreign table' END AS obstacle
            FROM (SELECT ?::pg_catalog.text AS schema) AS named
            LEFT JOIN pg_catalog.pg_namespace s ON s.nspname OPERATOR(pg_catalog.=) named.schema
            LEFT JOIN pg_catalog.pg_class c
                   ON c.oid OPERATOR(pg_catalog.=)
                      CASE WHEN named.schema OPERATOR(pg_catalog.=) '' THEN pg_catalog.to_regclass(?)::pg_catalog.oid
                           ELSE (SELECT r.oid FROM pg_catalog.pg_class r
                                 WHERE r.relnamespace OPERATOR(pg_catalog.=) s.oid
                                   AND r.relname OPERATOR(pg_catalog.=) ?::pg_catalog.name
                                   AND pg_catalog.has_schema_privilege(s.oid, 'USAGE')) END
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace""";

    /** A domain's columns are of the type below it, with its length or precision, its NOT NULL and its default. */
    private static final String COLUMNS = """
            WITH RECURSIVE base (attnum, type, modifier, not_null, has_default, domain) AS (
                SELECT a.attnum, a.atttypid, a.atttypmod, a.attnotnull,
                       a.atthasdef OR a.attidentity OPERATOR(pg_catalog.<>) ''
                         OR a.attgenerated OPERATOR(pg_catalog.<>) '', false
                FROM pg_catalog.pg_attribute a
                WHERE a.attrelid OPERATOR(pg_catalog.=) ? AND a.attnum OPERATOR(pg_catalog.>) 0
                  AND NOT a.attisdropped
                UNION ALL
                SELECT b.attnum, t.typbasetype,
                       CASE WHEN t.typtypmod OPERATOR(pg_catalog.=) -1 THEN b.modifier ELSE t.typtypmod END,
                       b.not_null OR t.typnotnull, b.has_default OR t.typdefault IS NOT NULL, true
                FROM base b
                JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) b.type
                  AND t.typtype OPERATOR(pg_catalog.=) 'd'
            )
            SELECT a.attname, t.typname,
                   CASE WHEN n.nspname OPERATOR(pg_catalog.=) 'pg_catalog' THEN pg_catalog.format_type(t.oid, -1)
                        WHEN e.oid IS NOT NULL THEN pg_catalog.format('%I.%I[]', en.nspname, e.typname)
                        ELSE pg_catalog.format('%I.%I', n.nspname, t.typname) END AS sql_name,
                   n.nspname OPERATOR(pg_catalog.=) 'pg_catalog' AS built_in,
                   b.modifier, b.not_null, b.has_default, b.domain,
                   CASE WHEN t.typtype OPERATOR(pg_catalog.=) 'e' THEN true
                        WHEN n.nspname OPERATOR(pg_catalog.<>) 'pg_catalog' THEN false
                        ELSE coalesce(c.collisdeterministic, true) AND NOT EXISTS (
                            SELECT FROM pg_catalog.pg_index i
                            CROSS JOIN ROWS FROM (
                                pg_catalog.unnest(i.indkey::pg_catalog.int2[]),
                                pg_catalog.unnest(i.indcollation::pg_catalog.oid[]),
                                pg_catalog.unnest(i.indclass::pg_catalog.oid[])) AS k (attnum, collation_id, class_id)
                            JOIN pg_catalog.pg_opclass o ON o.oid OPERATOR(pg_catalog.=) k.class_id
                            JOIN pg_catalog.pg_namespace own ON own.oid OPERATOR(pg_catalog.=) o.opcnamespace
                            LEFT JOIN pg_catalog.pg_collation ic ON ic.oid OPERATOR(pg_catalog.=) k.collation_id
                            WHERE i.indrelid OPERATOR(pg_catalog.=) a.attrelid AND i.indisunique
                              AND k.attnum OPERATOR(pg_catalog.=) a.attnum
                              AND (NOT coalesce(ic.collisdeterministic, true)
                                   OR own.nspname OPERATOR(pg_catalog.<>) 'pg_catalog'))
                        END AS bytewise,
                   CASE WHEN a.attgenerated OPERATOR(pg_catalog.<>) '' THEN 'GENERATED'
                        WHEN a.attidentity OPERATOR(pg_catalog.=) 'a' THEN 'IDENTITY_ALWAYS'
                        WHEN a.attidentity OPERATOR(pg_catalog.=) 'd' THEN 'IDENTITY_BY_DEFAULT'
                        ELSE 'NONE' END AS generation,
                   pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'INSERT') AS insertable,
                   a.attnotnull AND a.attidentity OPERATOR(pg_catalog.=) '' AND a.attgenerated OPERATOR(pg_catalog.=) ''
                     AND NOT b.domain
                     AND NOT EXISTS (SELECT FROM pg_catalog.pg_index k
                                     WHERE k.indrelid OPERATOR(pg_catalog.=) a.attrelid
                                       AND (k.indisprimary OR k.indisreplident)
                                       AND a.attnum OPERATOR(pg_catalog.=) ANY (k.indkey::pg_catalog.int2[]))
                     AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i
                                     JOIN pg_catalog.pg_attribute p ON p.attrelid OPERATOR(pg_catalog.=) i.inhparent
                                       AND p.attname OPERATOR(pg_catalog.=) a.attname
                                     WHERE i.inhrelid OPERATOR(pg_catalog.=) a.attrelid AND p.attnotnull) AS droppable,
                   e.typname AS element_name,
                   CASE WHEN e.oid IS NULL THEN NULL
                        WHEN en.nspname OPERATOR(pg_catalog.=) 'pg_catalog' THEN pg_catalog.format_type(e.oid, -1)
                        ELSE pg_catalog.format('%I.%I', en.nspname, e.typname) END AS element_sql_name,
                   en.nspname OPERATOR(pg_catalog.=) 'pg_catalog'
                     AND e.typtype OPERATOR(pg_catalog.<>) 'd' AS element_built_in,
                   e.typtype OPERATOR(pg_catalog.=) 'd' AS element_domain,
                   CASE WHEN e.typtype OPERATOR(pg_catalog.=) 'd' THEN e.typtypmod
                        ELSE b.modifier END AS element_modifier,
                   coalesce((SELECT pg_catalog.quote_ident(opn.nspname)
                             FROM pg_catalog.pg_opclass oc
                             JOIN pg_catalog.pg_amop ao ON ao.amopfamily OPERATOR(pg_catalog.=) oc.opcfamily
                               AND ao.amoplefttype OPERATOR(pg_catalog.=) oc.opcintype
                               AND ao.amoprighttype OPERATOR(pg_catalog.=) oc.opcintype
                             JOIN pg_catalog.pg_operator op ON op.oid OPERATOR(pg_catalog.=) ao.amopopr
                               AND op.oprname OPERATOR(pg_catalog.=) '='
                             JOIN pg_catalog.pg_namespace opn ON opn.oid OPERATOR(pg_catalog.=) op.oprnamespace
                             WHERE oc.opcintype OPERATOR(pg_catalog.=) t.oid AND oc.opcdefault
                             ORDER BY oc.opcmethod LIMIT 1), 'pg_catalog') AS operators,
                   n.nspname OPERATOR(pg_catalog.<>) 'pg_catalog' AND EXISTS (
                       WITH RECURSIVE parts (type) AS (
                           SELECT t.oid
                           UNION
                           SELECT inner_type.oid
                           FROM parts p
                           JOIN pg_catalog.pg_type outer_type ON outer_type.oid OPERATOR(pg_catalog.=) p.type
                           LEFT JOIN pg_catalog.pg_range r ON r.rngtypid OPERATOR(pg_catalog.=) p.type
                             OR r.rngmultitypid OPERATOR(pg_catalog.=) p.type
                           LEFT JOIN pg_catalog.pg_attribute f ON f.attrelid OPERATOR(pg_catalog.=) outer_type.typrelid
                             AND f.attnum OPERATOR(pg_catalog.>) 0 AND NOT f.attisdropped
                           JOIN pg_catalog.pg_type inner_type ON inner_type.oid OPERATOR(pg_catalog.=) ANY (
                               ARRAY[outer_type.typelem, outer_type.typbasetype, r.rngsubtype, f.atttypid])
                       )
                       SELECT FROM parts p
                       JOIN pg_catalog.pg_type y ON y.oid OPERATOR(pg_catalog.=) p.type
                         AND y.typcategory OPERATOR(pg_catalog.=) 'D'
                   ) AS temporal
            FROM base b
            JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) ?
              AND a.attnum OPERATOR(pg_catalog.=) b.attnum
            JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) b.type
              AND t.typtype OPERATOR(pg_catalog.<>) 'd'
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) t.typnamespace
            LEFT JOIN pg_catalog.pg_type e ON e.typarray OPERATOR(pg_catalog.=) t.oid
            LEFT JOIN pg_catalog.pg_namespace en ON en.oid OPERATOR(pg_catalog.=) e.typnamespace
            LEFT JOIN pg_catalog.pg_collation c ON c.oid OPERATOR(pg_catalog.=) a.attcollation
            ORDER BY a.attnum""";

    /** Expressions have no name among the columns, and do not matter there: their index is unfit. */
    private static final String UNIQUE_KEYS = """
            SELECT i.indisprimary, x.relname,
                   ARRAY(SELECT a.attname::pg_catalog.text
                         FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS k (attnum, position)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) i.indrelid
                           AND a.attnum OPERATOR(pg_catalog.=) k.attnum
                         WHERE k.position OPERATOR(pg_catalog.<=) i.indnkeyatts
                         ORDER BY k.position) AS columns,
                   CASE WHEN NOT i.indimmediate THEN 'is deferrable'
                        WHEN i.indpred IS NOT NULL THEN 'is partial, for it has a WHERE'
                        WHEN i.indexprs IS NOT NULL THEN 'is on an expression'
                        WHEN NOT i.indisvalid THEN 'is not valid: drop it and create it again'
                        WHEN i.indisexclusion THEN 'excludes overlaps' END AS unfit
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class x ON x.oid OPERATOR(pg_catalog.=) i.indexrelid
            WHERE i.indrelid OPERATOR(pg_catalog.=) ? AND i.indisunique
            ORDER BY x.relname""";

    private static final String EXTENSION_TYPES = """
            SELECT t.typname, pg_catalog.format('%I.%I', n.nspname, t.typname) AS sql_name
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) t.typnamespace
            JOIN pg_catalog.pg_depend d
              ON d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
              AND d.objid OPERATOR(pg_catalog.=) t.oid
            WHERE d.deptype OPERATOR(pg_catalog.=) 'e' AND t.typname OPERATOR(pg_catalog.=) ANY (?)""";

    private static final String FOREIGN_KEYS = """
            SELECT n.nspname, c.relname, f.conrelid OPERATOR(pg_catalog.=) ? AS refers
            FROM pg_catalog.pg_constraint f
            JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) f.confrelid
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            WHERE f.contype OPERATOR(pg_catalog.=) 'f'
              AND ? OPERATOR(pg_catalog.=) ANY (ARRAY[f.conrelid, f.confrelid])
              AND f.conrelid OPERATOR(pg_catalog.<>) f.confrelid""";

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
            statement.setString(2, Identifiers.quote(id.name()));
            statement.setString(3, id.name());
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
                row.getString("operators"),
                row.getBoolean("temporal"),
                element == null
                        ? null
                        : new PgType(
                                element,
                                row.getString("element_sql_name"),
                                row.getBoolean("element_built_in"),
                                row.getInt("element_modifier"),
                                row.getBoolean("element_domain"),
                                bytewise,
                                PgType.CATALOG,
                                row.getBoolean("temporal"),
                                null));
    }
}
