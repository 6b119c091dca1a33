package io.sluice.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog says of a table at one moment. Compared by identity: whatever was worked out for one reading is
 * found again until the catalog is read anew.
 */
public final class TableSchema {
    private final TableId id;
    private final Kind kind;
    private final Map<String, Column> columns;
    private final List<String> primaryKey;
    private final List<Set<String>> uniqueKeys;

    /** What can be done with a relation. */
    public enum Kind {
        /** A table that COPY writes straight into. */
        TABLE,
        /** A view, a foreign table, a table with row security: rows go in by INSERT. */
        INSERT_ONLY
    }

    /**
     * @param columns in the order of the table
     * @param primaryKey names of its columns, empty where there is none
     * @param uniqueKeys column sets of all unique constraints and indexes that a conflict can name
     */
    public TableSchema(
            TableId id, Kind kind, List<Column> columns, List<String> primaryKey, List<Set<String>> uniqueKeys) {
        this.id = id;
        this.kind = kind;
        this.columns = new LinkedHashMap<>();
        columns.forEach(column -> this.columns.put(column.name(), column));
        this.primaryKey = List.copyOf(primaryKey);
        this.uniqueKeys = List.copyOf(uniqueKeys);
    }

    public TableId id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    public Optional<Column> column(String name) {
        @Nullable Column column = columns.get(name);
        return Optional.ofNullable(column);
    }

    public List<String> primaryKey() {
        return primaryKey;
    }

    /** Whether {@code ON CONFLICT} can name these columns. */
    public boolean isUnique(Set<String> names) {
        return uniqueKeys.contains(names);
    }

    /**
     * Whether these columns name one row at most, as far as the table says: a table without any unique key, a view for
     * example, says nothing.
     */
    public boolean holdsUniqueKey(Set<String> names) {
        return uniqueKeys.isEmpty() || uniqueKeys.stream().anyMatch(names::containsAll);
    }
}
