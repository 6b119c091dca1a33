package io.sluice.write;

import io.sluice.batch.ColumnSet;
import io.sluice.batch.WireColumn;
import io.sluice.table.Identifiers;
import io.sluice.table.TableId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements that write. Pure text; every name is quoted. */
final class Sql {
    private Sql() {}

    /** A table of the session for rows on their way; its columns are c0, c1 and so on. */
    static String createStage(String stage, List<String> types) {
        String columns = IntStream.range(0, types.size())
                .mapToObj(i -> "c" + i + " " + types.get(i))
                .collect(Collectors.joining(", "));
        return "CREATE TEMPORARY TABLE " + stage + " (" + columns + ") ON COMMIT DELETE ROWS";
    }

    static String dropStage(String stage) {
        return "DROP TABLE IF EXISTS pg_temp." + stage;
    }

    static String clearStage(String stage) {
        return "TRUNCATE pg_temp." + stage;
    }

    static String copyToStage(String stage) {
        return "COPY pg_temp." + stage + " FROM STDIN (FORMAT binary)";
    }

    /** Keeps the table's definition as it is until the transaction ends, as the COPY after it would. */
    static String lockDefinition(TableId table) {
        return "LOCK TABLE " + table.sql() + " IN ROW EXCLUSIVE MODE";
    }

    /** Names and types of a table's columns; its parameter is the table's name. */
    static final String COLUMN_TYPES = """
            SELECT a.attname, t.typname
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped""";

    static String copyToTable(TableId table, ColumnSet columns) {
        return "COPY " + table.sql() + " (" + names(columns.columns()) + ") FROM STDIN (FORMAT binary)";
    }

    static String insert(TableId table, ColumnSet columns, String stage) {
        return "INSERT INTO " + table.sql() + " (" + names(columns.columns()) + ") SELECT " + values(columns)
                + " FROM pg_temp." + stage;
    }

    static String upsert(TableId table, ColumnSet columns, String stage) {
        String action = columns.others().isEmpty()
                ? "NOTHING"
                : columns.others().stream()
                        .map(column ->
                                Identifiers.quote(column.name()) + " = EXCLUDED." + Identifiers.quote(column.name()))
                        .collect(Collectors.joining(", ", "UPDATE SET ", ""));
        return insert(table, columns, stage) + " ON CONFLICT (" + names(columns.key()) + ") DO " + action;
    }

    /** Must not be asked for where there is nothing but a key. */
    static String update(TableId table, ColumnSet columns, String stage) {
        String assignments = IntStream.range(
                        columns.keyCount(), columns.columns().size())
                .mapToObj(i -> Identifiers.quote(columns.columns().get(i).name()) + " = " + value(columns, i, "s."))
                .collect(Collectors.joining(", "));
        return "UPDATE " + table.sql() + " AS t SET " + assignments + " FROM pg_temp." + stage + " AS s WHERE "
                + matches(columns);
    }

    static String delete(TableId table, ColumnSet columns, String stage) {
        return "DELETE FROM " + table.sql() + " AS t USING pg_temp." + stage + " AS s WHERE " + matches(columns);
    }

    /** A table of the transaction with one column of another, to try a value in. */
    static String createProbe(TableId table, String column) {
        return "CREATE TEMPORARY TABLE sluice_probe ON COMMIT DROP AS SELECT " + Identifiers.quote(column) + " FROM "
                + table.sql() + " WITH NO DATA";
    }

    static String probe(ColumnSet columns, int index, String stage) {
        return "INSERT INTO pg_temp.sluice_probe SELECT " + value(columns, index, "") + " FROM pg_temp." + stage;
    }

    private static String names(List<WireColumn> columns) {
        return columns.stream().map(column -> Identifiers.quote(column.name())).collect(Collectors.joining(", "));
    }

    private static String values(ColumnSet columns) {
        return IntStream.range(0, columns.columns().size())
                .mapToObj(i -> value(columns, i, ""))
                .collect(Collectors.joining(", "));
    }

    /** A cast never names a length: that would cut text off in silence, which the assignment does not. */
    private static String value(ColumnSet columns, int index, String alias) {
        String cast = columns.columns().get(index).castType();
        return alias + "c" + index + (cast.isEmpty() ? "" : "::" + cast);
    }

    private static String matches(ColumnSet columns) {
        return IntStream.range(0, columns.keyCount())
                .mapToObj(i ->
                        "t." + Identifiers.quote(columns.columns().get(i).name()) + " = " + value(columns, i, "s."))
                .collect(Collectors.joining(" AND "));
    }
}
