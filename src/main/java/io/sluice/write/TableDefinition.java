package io.sluice.write;

import io.sluice.batch.ColumnSet;
import io.sluice.batch.WireColumn;
import io.sluice.type.WireTypes;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has to be known of a table before rows are copied straight into it. Read under a lock that keeps it so until the
 * transaction ends.
 *
 * @param columnTypes the object identifiers of its columns' types, by the columns' names
 * @param noticesUpserts whether something on it can tell an upsert of new rows from an insert: a rule, or a trigger that
 *     fires once for each statement that may update
 */
record TableDefinition(Map<String, Integer> columnTypes, boolean noticesUpserts) {
    /** Types whose binary form is that of text. */
    private static final Set<Integer> TEXT_TYPES =
            Stream.of("text", "varchar", "bpchar", "name").map(WireTypes::oid).collect(Collectors.toUnmodifiableSet());

    private static final int NONE = 0;
    private static final int TEXT = WireTypes.oid("text");

    TableDefinition {
        columnTypes = Map.copyOf(columnTypes);
    }

    /**
     * Whether the rows' bytes are those of the columns' types: COPY takes bytes for values of the column's own type,
     * whatever they were meant for, and would make the character U+0001 of a true in a column that has become text.
     */
    boolean takes(ColumnSet columns) {
        return columns.columns().stream().allMatch(column -> WireTypes.oid(column.wireType()) == wireType(column));
    }

    private int wireType(WireColumn column) {
        int type = columnTypes.getOrDefault(column.name(), NONE);
        return TEXT_TYPES.contains(type) ? TEXT : type;
    }
}
