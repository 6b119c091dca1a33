package io.sluice.batch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of encoded rows, in their order in the row: first the key, then the others. Rows of different shapes that
 * end up with equal sets share a statement.
 *
 * @param columns all of them
 * @param keyCount how many, from the first, are the key
 * @param kept columns that the rows say nothing of and that must not be null: an upsert reads them from the rows that
 *     are there
 * @param version which of the columns tells newer rows from older ones, if one does
 */
public record ColumnSet(List<WireColumn> columns, int keyCount, List<String> kept, Optional<Integer> version) {
    private static final long SET_BYTES = 200;
    private static final long COLUMN_BYTES = 100;
    private static final long NAME_BYTES = 80;

    public ColumnSet {
        columns = List.copyOf(columns);
        kept = List.copyOf(kept);
    }

    /** The memory that it holds, in bytes, estimated. */
    long heldBytes() {
        return SET_BYTES + COLUMN_BYTES * columns.size() + NAME_BYTES * kept.size();
    }

    public List<WireColumn> key() {
        return columns.subList(0, keyCount);
    }

    /** The types in SQL that the rows hold. */
    public List<String> wireTypes() {
        return columns.stream().map(WireColumn::wireType).toList();
    }

    /** The columns that an update sets. */
    public List<WireColumn> assigned() {
        return columns.subList(keyCount, columns.size()).stream()
                .filter(WireColumn::assignable)
                .toList();
    }

    /** Whether PostgreSQL holds two keys for equal just when their bytes are. */
    public boolean hasExactKey() {
        return key().stream().allMatch(WireColumn::exact);
    }

    /** Asked for each row, nearly always of one and the same instance. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ColumnSet those
                        && keyCount == those.keyCount
                        && columns.equals(those.columns)
                        && kept.equals(those.kept)
                        && version.equals(those.version));
    }

    /** By names alone: sets of one table that are not equal differ in them, or hardly ever come together. */
    @Override
    public int hashCode() {
        int hash = keyCount;
        for (WireColumn column : columns) {
            hash = 31 * hash + column.name().hashCode();
        }
        return hash;
    }

    /** Whether a row of these columns leaves nothing of a row of those. */
    boolean covers(ColumnSet those) {
        Set<String> names = new HashSet<>();
        columns.forEach(column -> names.add(column.name()));
        return those.columns.stream().allMatch(column -> names.contains(column.name()));
    }
}
