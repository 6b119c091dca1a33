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
    private final Storage storage;
    private final Map<String, Column> columns;
    private final List<String> primaryKey;
    private final List<Set<String>> uniqueKeys;
    private final References references;

    /** What can be done with a relation. */
    public enum Kind {
        /** A table that COPY writes straight into. */
        TABLE,
        /** A view, whose own tables have the keys: rows go in by INSERT. */
        VIEW,
        /** A foreign table, or a table with row security: rows go in by INSERT. */
        INSERT_ONLY
    }

    /** What a crash of the server leaves of the rows. */
    public enum Storage {
        LOGGED,
        /** Nothing. */
        UNLOGGED
    }

    /**
     * The foreign keys from and to a table.
     *
     * @param parents other tables that its rows refer to
     * @param hasChildren whether rows of other tables refer to its own
     */
    public record References(Set<TableId> parents, boolean hasChildren) {
        public References {
            parents = Set.copyOf(parents);
        }
    }

    /**
     * @param columns in the order of the table
     * @param primaryKey names of its columns, empty where there is none
     * @param uniqueKeys column sets of all unique constraints and indexes that a conflict can name
     */
    public TableSchema(
            TableId id,
            Kind kind,
            Storage storage,
            List<Column> columns,
            List<String> primaryKey,
            List<Set<String>> uniqueKeys,
            References references) {
        this.id = id;
        this.kind = kind;
        this.storage = storage;
        this.columns = new LinkedHashMap<>();
        columns.forEach(column -> this.columns.put(column.name(), column));
        this.primaryKey = List.copyOf(primaryKey);
        this.uniqueKeys = List.copyOf(uniqueKeys);
        this.references = references;
    }

    public TableId id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    public Storage storage() {
        return storage;
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

    public References references() {
        return references;
    }

    /** Whether {@code ON CONFLICT} can name these columns; of a view only PostgreSQL knows. */
    public boolean isUnique(Set<String> names) {
        return kind == Kind.VIEW || uniqueKeys.contains(names);
    }

    /**
     * Whether these columns name one row at most, as far as the table says: a table without any unique key, a view for
     * example, says nothing.
     */
    public boolean holdsUniqueKey(Set<String> names) {
        return uniqueKeys.isEmpty() || uniqueKeys.stream().anyMatch(names::containsAll);
    }
}
