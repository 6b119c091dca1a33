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
    private static final long TABLE_BYTES = 1_000;
    private static final long COLUMN_BYTES = 400;

    private final TableId id;
    private final Kind kind;
    private final Storage storage;
    private final Map<String, Column> columns;
    private final Keys keys;
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
     * What a conflict of rows can be about.
     *
     * @param primary names of the primary key's columns, empty where there is none
     * @param unique column sets of all unique constraints and indexes that a conflict can name
     * @param unfit the others, each with the reason why a conflict cannot name it
     * @param obstacle why PostgreSQL takes no upsert at all; empty where it does
     */
    public record Keys(List<String> primary, List<Set<String>> unique, List<String> unfit, Optional<String> obstacle) {
        public Keys {
            primary = List.copyOf(primary);
            unique = List.copyOf(unique);
            unfit = List.copyOf(unfit);
        }

        /** The unfit ones as a part of a message; empty where there are none. */
        public String whyUnfit() {
            return unfit.isEmpty() ? "" : " (" + String.join("; ", unfit) + ")";
        }
    }

    /** @param columns in the order of the table */
    public TableSchema(TableId id, Kind kind, Storage storage, List<Column> columns, Keys keys, References references) {
        this.id = id;
        this.kind = kind;
        this.storage = storage;
        this.columns = new LinkedHashMap<>();
        columns.forEach(column -> this.columns.put(column.name(), column));
        this.keys = keys;
        this.references = references;
    }

    /** The memory that it holds, in bytes, estimated. */
    public long heldBytes() {
        return TABLE_BYTES + COLUMN_BYTES * columns.size();
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
        return keys.primary();
    }

    public Keys keys() {
        return keys;
    }

    public References references() {
        return references;
    }

    /** Whether {@code ON CONFLICT} can name these columns; of a view only PostgreSQL knows. */
    public boolean isUnique(Set<String> names) {
        return kind == Kind.VIEW || keys.unique().contains(names);
    }

    /**
     * Whether these columns name one row at most, as far as the table says: a table without any unique key, a view for
     * example, says nothing.
     */
    public boolean holdsUniqueKey(Set<String> names) {
        return keys.unique().isEmpty() || keys.unique().stream().anyMatch(names::containsAll);
    }
}
