package io.sluice.batch;

import io.sluice.config.InsertMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table in memory that does what PostgreSQL would do with one statement for each change. Its rows are (id, a, b, c),
 * and b is 7 where an insert does not give it.
 */
final class ExpectedTable {
    private static final List<String> COLUMNS = List.of("id", "a", "b", "c");

    private final InsertMode insertMode;
    private final boolean versioned;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /**
     * @param versioned whether an update counts only where b is not less than it was
     */
    ExpectedTable(InsertMode insertMode, boolean versioned) {
        this.insertMode = insertMode;
        this.versioned = versioned;
    }

    boolean isVersioned() {
        return versioned;
    }

    boolean has(int id) {
        return rows.stream().anyMatch(row -> Integer.valueOf(id).equals(row[0]));
    }

    void clear() {
        rows.clear();
    }

    /** One change of the row with that id; no fields is a deletion. */
    void apply(int id, Optional<Map<String, Object>> fields) {
        if (fields.isEmpty()) {
            rows.removeIf(row -> Integer.valueOf(id).equals(row[0]));
            return;
        }
        boolean found = false;
        if (insertMode != InsertMode.INSERT) {
            for (@Nullable Object[] row : rows) {
                if (Integer.valueOf(id).equals(row[0])) {
                    found = true;
                    if (!versioned || (int) fields.get().get("b") >= (int) row[2]) {
                        fill(row, fields.get());
                    }
                }
            }
        }
        if (!found && insertMode != InsertMode.UPDATE) {
            @Nullable Object[] row = {id, null, 7, null};
            fill(row, fields.get());
            rows.add(row);
        }
    }

    void insert(int id) {
        rows.add(new @Nullable Object[] {id, null, 7, null});
    }

    /** All rows as text, sorted. */
    List<String> sorted() {
        return rows.stream().map(java.util.Arrays::toString).sorted().toList();
    }

    private static void fill(@Nullable Object[] row, Map<String, Object> fields) {
        fields.forEach((name, value) -> row[COLUMNS.indexOf(name)] = value);
    }
}
