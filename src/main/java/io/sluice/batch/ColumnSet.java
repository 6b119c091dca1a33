package io.sluice.batch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of encoded rows, in their order in the row: first the key, then the others. Rows of different shapes that
 * end up with equal sets share a statement.
 *
 * @param columns all of them
 * @param keyCount how many, from the first, are the key
 */
public record ColumnSet(List<WireColumn> columns, int keyCount) {
    public ColumnSet {
        columns = List.copyOf(columns);
    }

    public List<WireColumn> key() {
        return columns.subList(0, keyCount);
    }

    public List<WireColumn> others() {
        return columns.subList(keyCount, columns.size());
    }

    public Set<String> keyNames() {
        return key().stream().map(WireColumn::name).collect(Collectors.toSet());
    }

    /** Whether PostgreSQL holds two keys for equal just when their bytes are. */
    boolean exactKey() {
        return key().stream().allMatch(WireColumn::exact);
    }

    /** Whether a row of these columns leaves nothing of a row of those. */
    boolean covers(ColumnSet those) {
        Set<String> names = new HashSet<>();
        columns.forEach(column -> names.add(column.name()));
        return those.columns.stream().allMatch(column -> names.contains(column.name()));
    }
}
