package io.sluice.write;

import io.sluice.batch.ColumnSet;
import io.sluice.batch.WireColumn;
import java.util.Map;
import java.util.Set;

/**
 * What has to be known of a table before rows are copied straight into it. Read under a lock that keeps it so until the
 * transaction ends.
 *
 * @param columnTypes the types of its columns that are PostgreSQL's own, by the columns' names
 * @param noticesUpserts whether something on it can tell an upsert of new rows from an insert: a rule, or a trigger that
 *     fires once for each statement that may update
 */
record TableDefinition(Map<String, String> columnTypes, boolean noticesUpserts) {
    /** Types whose binary form is that of text. */
    private static final Set<String> TEXT_TYPES = Set.of("text", "varchar", "bpchar", "name");

    TableDefinition {
        columnTypes = Map.copyOf(columnTypes);
    }

    /**
     * Whether the rows' bytes are those of the columns' types: COPY takes bytes for values of the column's own type,
     * whatever they were meant for, and would make the character U+0001 of a true in a column that has become text.
     */
    boolean takes(ColumnSet columns) {
        return columns.columns().stream().allMatch(column -> column.wireType().equals(wireType(column)));
    }

    private String wireType(WireColumn column) {
        String type = columnTypes.getOrDefault(column.name(), "");
        return TEXT_TYPES.contains(type) ? "text" : type;
    }
}
