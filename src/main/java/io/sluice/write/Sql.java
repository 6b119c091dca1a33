package io.sluice.write;

import io.sluice.batch.ColumnSet;
import io.sluice.batch.WireColumn;
import io.sluice.config.RowConditions;
import io.sluice.table.Identifiers;
import io.sluice.table.TableId;
import io.sluice.type.PgType;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that write. Pure text; every name is quoted, and functions, operators and types are named with their
 * schema: whoever may create in a schema of the search path could make better matching ones, which would run as our role
 * (CVE-2018-1058). Only what is syntax has none, {@code coalesce} for example.
 */
final class Sql {
    /** What {@code char(n)} is without its length. */
    private static final String BLANK_PADDED = PgType.CATALOG + ".bpchar";

    private Sql() {}

    /** A table of the session for rows on their way; its columns are c0, c1 and so on. */
    static String createStage(Stage stage, List<String> types) {
        String columns = IntStream.range(0, types.size())
                .mapToObj(i -> "c" + i + " " + type(types.get(i)))
                .collect(Collectors.joining(", "));
        return "CREATE TEMPORARY TABLE IF NOT EXISTS " + stage.name() + " (" + columns + ") ON COMMIT DELETE ROWS";
    }

    static String dropStage(Stage stage) {
        return "DROP TABLE IF EXISTS pg_temp." + stage.name();
    }

    static String clearStage(Stage stage) {
        return "TRUNCATE pg_temp." + stage.name();
    }

    static String copyToStage(Stage stage) {
        return "COPY pg_temp." + stage.name() + " FROM STDIN (FORMAT binary)";
    }

    /**
     * Keeps the table's definition as it is until the transaction ends, as the COPY after it would, and reads of it what
     * {@link TableDefinition} has. Its parameter is the table's name. The bits of {@code tgtype} are those of trigger.h:
     * 1 for each row, 16 on update.
     */
    static String lockDefinition(TableId table) {
        return "LOCK TABLE ONLY " + table.sql() + " IN ROW EXCLUSIVE MODE;\n" + """
                SELECT a.attname, a.atttypid,
                       c.relhasrules OR c.relhastriggers AND EXISTS (
                           SELECT FROM pg_catalog.pg_trigger g
                           WHERE g.tgrelid OPERATOR(pg_catalog.=) c.oid AND NOT g.tgisinternal
                             AND g.tgtype OPERATOR(pg_catalog.&) 1::smallint OPERATOR(pg_catalog.=) 0
                             AND g.tgtype OPERATOR(pg_catalog.&) 16::smallint OPERATOR(pg_catalog.<>) 0)
                FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid
                  AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
                WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(?)""";
    }

    /** The same, and what comes after it can be undone alone. */
    static String saveAndLockDefinition(TableId table) {
        return "SAVEPOINT sluice_copy;\n" + lockDefinition(table);
    }

    static final String ROLLBACK_TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT sluice_copy";

    static String copyToTable(TableId table, ColumnSet columns) {
        return "COPY " + table.sql() + " (" + names(columns.columns()) + ") FROM STDIN (FORMAT binary)";
    }

    static String truncate(TableId table) {
        return "TRUNCATE TABLE " + table.sql();
    }

    /** Empties a table that TRUNCATE refuses: others refer to it, or it is a view or foreign. */
    static String deleteAll(TableId table) {
        return "DELETE FROM " + table.sql();
    }

    static String insert(TableId table, ColumnSet columns, RowSource rows) {
        return insertInto(table, columns) + "SELECT " + values(columns) + " FROM " + rows.relation();
    }

    /**
     * Inserts rows, or updates those that have their keys.
     *
     * <p>PostgreSQL looks at NOT NULL before it looks for a conflict. So the columns that the rows leave as they are, and
     * that must not be null, are read from the rows that are there.
     */
    static String upsert(TableId table, ColumnSet columns, RowSource rows, RowConditions conditions) {
        StringBuilder sql = new StringBuilder(insertInto(table, columns));
        boolean newest = needsNewest(columns, rows);
        sql.append(newest ? "SELECT DISTINCT ON (" + keys(columns) + ") " : "SELECT ")
                .append(values(columns));
        columns.kept().forEach(column -> sql.append(", t.").append(Identifiers.quote(column)));
        sql.append(" FROM ").append(rows.relation());
        if (!columns.kept().isEmpty()) {
            sql.append(" LEFT JOIN ").append(table.sql()).append(" AS t ON ").append(matches("t", columns));
        }
        sql.append(newest ? lastFirst(keys(columns), columns, rows) : "");
        sql.append(" ON CONFLICT (").append(names(columns.key())).append(") DO ");
        List<WireColumn> assigned = columns.assigned();
        if (assigned.isEmpty()) {
            return sql.append("NOTHING").toString();
        }
        sql.append(assigned.stream()
                .map(column -> Identifiers.quote(column.name()) + " = EXCLUDED." + Identifiers.quote(column.name()))
                .collect(Collectors.joining(", ", "UPDATE SET ", "")));
        List<String> filters = new ArrayList<>();
        columns.version().map(columns.columns()::get).ifPresent(version -> {
            String name = Identifiers.quote(version.name());
            filters.add("(t." + name + " IS NULL OR EXCLUDED." + name + operator(version, ">=") + "t." + name + ")");
        });
        if (conditions.skipUnchanged()) {
            filters.add(differs(
                    assigned,
                    column -> "t." + Identifiers.quote(column.name()),
                    column -> "EXCLUDED." + Identifiers.quote(column.name())));
        }
        return sql.append(filters.isEmpty() ? "" : " WHERE " + String.join(" AND ", filters))
                .toString();
    }

    /** Must not be asked for where there is nothing to assign. */
    static String update(TableId table, ColumnSet columns, RowSource rows, RowConditions conditions) {
        List<WireColumn> all = columns.columns();
        String assignments = columns.assigned().stream()
                .map(column -> Identifiers.quote(column.name()) + " = " + value(columns, all.indexOf(column)))
                .collect(Collectors.joining(", "));
        List<String> filters = new ArrayList<>();
        filters.add(matches("t", columns));
        columns.version().ifPresent(version -> {
            String name = Identifiers.quote(all.get(version).name());
            filters.add("(t." + name + " IS NULL OR " + value(columns, version) + operator(all.get(version), ">=")
                    + "t." + name + ")");
        });
        if (conditions.skipUnchanged()) {
            filters.add(differs(
                    columns.assigned(),
                    column -> "t." + Identifiers.quote(column.name()) + "::" + column.comparedType(),
                    column -> stored("s.c" + all.indexOf(column), column)));
        }
        return "UPDATE " + table.sql() + " AS t SET " + assignments + " FROM " + lastOfEachKey(table, columns, rows)
                + " WHERE " + String.join(" AND ", filters);
    }

    static String delete(TableId table, ColumnSet columns, RowSource rows) {
        return "DELETE FROM " + table.sql() + " AS t USING " + rows.relation() + " WHERE " + matches("t", columns);
    }

    /** Names of a table's columns and their types in full; its parameter is the table's name. */
    static final String FULL_TYPES = """
            SELECT a.attname,
                   CASE WHEN n.nspname OPERATOR(pg_catalog.=) 'pg_catalog'
                        THEN pg_catalog.format_type(a.atttypid, a.atttypmod)
                        ELSE pg_catalog.format('%I.%I%s', n.nspname, t.typname,
                            pg_catalog.substring(pg_catalog.format_type(a.atttypid, a.atttypmod), '[(][^()]*[)]')) END
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) a.atttypid
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) t.typnamespace
            WHERE a.attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(?)
              AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped""";

    /**
     * Makes of one value what the column would hold, and refuses what the column would refuse. It takes the way through
     * the type's input function, as an assignment does with length and precision; a cast would cut off what is too long.
     */
    static String probe(ColumnSet columns, int index, String fullType) {
        return "SELECT r.c FROM (VALUES (?::"
                + type(columns.columns().get(index).wireType()) + ")) AS s(c" + index
                + "), pg_catalog.jsonb_to_record(pg_catalog.jsonb_build_object('c', (" + value(columns, index)
                + ")::pg_catalog.text)) AS r(c " + fullType + ")";
    }

    private static String names(List<WireColumn> columns) {
        return columns.stream().map(column -> Identifiers.quote(column.name())).collect(Collectors.joining(", "));
    }

    private static String insertInto(TableId table, ColumnSet columns) {
        String kept = columns.kept().stream()
                .map(column -> ", " + Identifiers.quote(column))
                .collect(Collectors.joining());
        boolean identity = columns.columns().stream().anyMatch(column -> !column.assignable());
        return "INSERT INTO " + table.sql() + " AS t (" + names(columns.columns()) + kept + ") "
                + (identity ? "OVERRIDING SYSTEM VALUE " : "");
    }

    /**
     * Of several rows of one key only the newest counts, or the last. There may be such where bytes tell no equality.
     */
    private static boolean needsNewest(ColumnSet columns, RowSource rows) {
        return rows.position().isPresent() && (columns.version().isPresent() || !columns.hasExactKey());
    }

    private static String lastFirst(String keys, ColumnSet columns, RowSource rows) {
        String version = columns.version()
                .map(index -> value(columns, index) + " DESC NULLS LAST, ")
                .orElse("");
        return " ORDER BY " + keys + ", " + version + rows.position().orElseThrow() + " DESC";
    }

    /**
     * Of several rows that are of one key in PostgreSQL's eyes alone, an update takes any. Which are of one key, the table's
     * own rows tell, whose columns have their collation. It may be the newest as well that is asked for.
     */
    private static String lastOfEachKey(TableId table, ColumnSet columns, RowSource rows) {
        if (rows.position().isEmpty()
                || (columns.hasExactKey() && columns.version().isEmpty())) {
            return rows.relation();
        }
        if (columns.hasExactKey()) {
            return "(SELECT DISTINCT ON (" + keys(columns) + ") s.* FROM " + rows.relation()
                    + lastFirst(keys(columns), columns, rows) + ") AS s";
        }
        String keys = columns.key().stream()
                .map(column -> "k." + Identifiers.quote(column.name()))
                .collect(Collectors.joining(", "));
        return "(SELECT DISTINCT ON (" + keys + ") s.* FROM " + rows.relation() + " JOIN " + table.sql() + " AS k ON "
                + matches("k", columns) + lastFirst(keys, columns, rows) + ") AS s";
    }

    /** Whether a row would change, to the bit: numbers that are equal may have different scales. */
    private static String differs(
            List<WireColumn> assigned, Function<WireColumn, String> old, Function<WireColumn, String> incoming) {
        return "NOT ROW(" + assigned.stream().map(old).collect(Collectors.joining(", "))
                + ")::pg_catalog.record OPERATOR(pg_catalog.*=) ROW("
                + assigned.stream().map(incoming).collect(Collectors.joining(", ")) + ")::pg_catalog.record";
    }

    /** With a schema, it binds more tightly than a comparison does. */
    private static String operator(WireColumn column, String name) {
        return " OPERATOR(" + column.operators() + "." + name + ") ";
    }

    /** The type of a wire type's name. */
    static String type(String wireType) {
        return PgType.CATALOG + "." + wireType;
    }

    /** What the column would hold. A record of another type, a domain's for example, cannot be compared. */
    private static String stored(String value, WireColumn column) {
        String cast = value + "::" + column.columnType();
        return column.comparedType().equals(column.columnType()) ? cast : cast + "::" + column.comparedType();
    }

    private static String keys(ColumnSet columns) {
        return IntStream.range(0, columns.keyCount())
                .mapToObj(i -> key(columns, i))
                .collect(Collectors.joining(", "));
    }

    private static String values(ColumnSet columns) {
        return IntStream.range(0, columns.columns().size())
                .mapToObj(i -> value(columns, i))
                .collect(Collectors.joining(", "));
    }

    /** A cast never names a length: that would cut text off in silence, which the assignment does not. */
    private static String value(ColumnSet columns, int index) {
        WireColumn column = columns.columns().get(index);
        return "s.c" + index + (column.cast() ? "::" + column.columnType() : "");
    }

    private static String matches(String table, ColumnSet columns) {
        return IntStream.range(0, columns.keyCount())
                .mapToObj(i ->
                        table + "." + Identifiers.quote(columns.columns().get(i).name())
                                + operator(columns.columns().get(i), "=") + key(columns, i))
                .collect(Collectors.joining(" AND "));
    }

    /** As the table has it: rounded. A text beside char makes a text of the column, which no index is on. */
    private static String key(ColumnSet columns, int index) {
        WireColumn column = columns.columns().get(index);
        if (BLANK_PADDED.equals(column.columnType())) {
            return value(columns, index) + (column.cast() ? "" : "::" + BLANK_PADDED);
        }
        boolean rounded = !column.exact() && !column.comparedType().equals(column.columnType());
        return value(columns, index) + (rounded ? "::" + column.comparedType() : "");
    }

    /** The table of bad records; whoever makes it at the same time waits, and then finds it. */
    static String createLetters(TableId table) {
        return "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('sluice dead letters'));\n"
                + """
                CREATE TABLE IF NOT EXISTS %s (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    connector pg_catalog.text NOT NULL,
                    topic pg_catalog.text NOT NULL,
                    part integer NOT NULL,
                    record_offset bigint NOT NULL,
                    target pg_catalog.text NOT NULL,
                    reason pg_catalog.text NOT NULL,
                    sqlstate pg_catalog.text,
                    record_key pg_catalog.text,
                    record_value pg_catalog.text,
                    record_headers pg_catalog.text,
                    record_time pg_catalog.timestamptz,
                    failed_at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.now()
                )""".formatted(table.sql());
    }

    /**
     * Parameters: connector; topics, partitions, offsets, targets, reasons, SQLSTATEs, keys, values, headers, times.
     */
    static String insertLetters(TableId table) {
        return """
                INSERT INTO %s (connector, topic, part, record_offset, target, reason, sqlstate, record_key,
                                record_value, record_headers, record_time)
                SELECT ?, n.topic, n.part, n.record_offset, n.target, n.reason, n.sqlstate, n.record_key,
                       n.record_value, n.record_headers, pg_catalog.to_timestamp(n.record_time)
                FROM unnest(?::pg_catalog.text[], ?::int[], ?::bigint[], ?::pg_catalog.text[], ?::pg_catalog.text[],
                            ?::pg_catalog.text[], ?::pg_catalog.text[], ?::pg_catalog.text[], ?::pg_catalog.text[],
                            ?::pg_catalog.float8[])
                     AS n (topic, part, record_offset, target, reason, sqlstate, record_key, record_value,
                           record_headers, record_time)""".formatted(table.sql());
    }

    /**
     * Makes PostgreSQL read texts alike whoever is logged in from wherever: by default these settings come from the worker's
     * JVM, the role, the database or the server. Not {@code lc_monetary}, which says what the numbers in a table mean.
     */
    static String readTextsAlike(ZoneId zone) {
        return "SET TimeZone = '" + zoneName(zone.normalized()) + "'; SET DateStyle = 'ISO, MDY'; "
                + "SET IntervalStyle = 'postgres'; SET timezone_abbreviations = 'Default'; SET array_nulls = on; "
                + "SET xmloption = 'content'; SET standard_conforming_strings = on";
    }

    /** PostgreSQL knows the names, and offsets in the form of POSIX, which count to the west. */
    private static String zoneName(ZoneId zone) {
        if (!(zone instanceof ZoneOffset offset)) {
            return zone.getId();
        }
        return offset.equals(ZoneOffset.UTC)
                ? "UTC"
                : "<" + offset.getId() + ">" + ZoneOffset.ofTotalSeconds(-offset.getTotalSeconds());
    }

    /** How long statements of the session wait for a lock, zero for ever. */
    static String lockTimeout(Duration longest) {
        return "SET lock_timeout = " + longest.toMillis();
    }
}
