package io.sluice.cdc;

import io.sluice.harness.Database;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares tables of two databases exactly: every row by its key, every column by the text that PostgreSQL gives for its
 * value. A limit says what is compared instead of a column.
 *
 * @param leftOut tables that are not compared, with their schemas
 */
record Comparison(Database source, Database copy, Set<String> leftOut, List<Limit> limits) {

    private static final int DIFFERENCES_AT_MOST = 5;
    private static final int CHARACTERS_AT_MOST = 160;

    Comparison {
        leftOut = Set.copyOf(leftOut);
        limits = List.copyOf(limits);
    }

    /** What is different, the first few rows of each table, in words. */
    List<String> differences() {
        return differences(table -> !leftOut.contains(table));
    }

    /** What is different in this table. */
    List<String> differences(String qualifiedName) {
        return differences(qualifiedName::equals);
    }

    private List<String> differences(Predicate<String> filter) {
        return TableDefinition.allOf(source, filter).stream()
                .flatMap(table -> differences(table).stream())
                .toList();
    }

    private List<String> differences(TableDefinition table) {
        TableDefinition copied = TableDefinition.of(copy, table.schema(), table.name());
        List<String> differences = columnDifferences(table, copied);
        if (differences.isEmpty()) {
            rowDifferences(table, differences);
        }
        return differences;
    }

    /** The same comparison without this limit. */
    Comparison without(Limit limit) {
        return new Comparison(
                source,
                copy,
                leftOut,
                limits.stream().filter(one -> !one.equals(limit)).toList());
    }

    private List<String> columnDifferences(TableDefinition table, TableDefinition copied) {
        List<String> differences = new ArrayList<>();
        table.columns().stream()
                .filter(column -> !copied.columns().contains(column))
                .filter(column -> !isLost(table, column))
                .forEach(
                        column -> differences.add(table.qualifiedName() + " has no column " + column + " in the copy"));
        copied.columns().stream()
                .filter(column -> !table.columns().contains(column))
                .forEach(column -> differences.add(table.qualifiedName() + " has a column " + column + " in the copy"));
        return differences;
    }

    private void rowDifferences(TableDefinition table, List<String> differences) {
        try (RowCursor sources = new RowCursor(source, rows(table));
                RowCursor copies = new RowCursor(copy, rows(table))) {
            while (differences.size() < DIFFERENCES_AT_MOST && (sources.hasRow() || copies.hasRow())) {
                compareOne(table, sources, copies, differences);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Could not compare " + table.qualifiedName(), e);
        }
    }

    /** Both cursors go by their keys' order; whichever is behind has a row that the other has not. */
    private void compareOne(TableDefinition table, RowCursor sources, RowCursor copies, List<String> differences)
            throws SQLException {
        int order = order(sources, copies);
        String name = table.qualifiedName();
        if (order < 0) {
            differences.add(name + " lacks in the copy " + shortened(sources.key()));
            sources.next();
        } else if (order > 0) {
            differences.add(name + " has only in the copy " + shortened(copies.key()));
            copies.next();
        } else {
            if (!sources.digest().equals(copies.digest())) {
                differences.add(name + " " + shortened(sources.key()) + ": " + valueDifferences(table, sources.key()));
            }
            sources.next();
            copies.next();
        }
    }

    private static int order(RowCursor sources, RowCursor copies) throws SQLException {
        if (!sources.hasRow()) {
            return 1;
        }
        return copies.hasRow() ? compareBytes(sources.key(), copies.key()) : -1;
    }

    /** PostgreSQL's order of collation "C" is that of code points, which is not the order of Java's strings. */
    private static int compareBytes(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private String valueDifferences(TableDefinition table, String key) {
        List<String> columns = compared(table);
        String query = "SELECT "
                + columns.stream().map(column -> expression(table, column)).collect(Collectors.joining(", ")) + " FROM "
                + table.quotedName() + " WHERE " + key(table) + " = ?";
        List<?> sources = source.rows(query, key).get(0);
        List<?> copies = copy.rows(query, key).get(0);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String one = String.valueOf(sources.get(i));
            String other = String.valueOf(copies.get(i));
            if (!one.equals(other)) {
                differences.add(columns.get(i) + " is " + shortened(one) + " in the source and " + shortened(other)
                        + " in the copy");
            }
        }
        return String.join(", ", differences);
    }

    private String rows(TableDefinition table) {
        return "SELECT " + key(table) + ", md5(" + row(table, compared(table)) + ") FROM " + table.quotedName()
                + " ORDER BY (" + key(table) + ") COLLATE \"C\", 2";
    }

    /** The key as text; of a table without a key the whole row. */
    private String key(TableDefinition table) {
        return row(table, table.key().isEmpty() ? compared(table) : table.key());
    }

    private String row(TableDefinition table, List<String> columns) {
        return columns.stream().map(column -> expression(table, column)).collect(Collectors.joining(", ", "ROW(", ")"))
                + "::text";
    }

    private List<String> compared(TableDefinition table) {
        return table.columns().stream().filter(column -> !isLost(table, column)).toList();
    }

    private boolean isLost(TableDefinition table, String column) {
        return limits.stream().anyMatch(limit -> limit.isOn(table, column) && limit.isLoss());
    }

    private String expression(TableDefinition table, String column) {
        String name = Database.quoted(column);
        return limits.stream()
                        .filter(limit -> limit.isOn(table, column))
                        .findFirst()
                        .map(limit -> limit.comparedAs().formatted(name))
                        .orElse(name)
                + "::text";
    }

    private static String shortened(String text) {
        return text.length() <= CHARACTERS_AT_MOST
                ? text
                : text.substring(0, CHARACTERS_AT_MOST) + "… (" + text.length() + " characters)";
    }
}
