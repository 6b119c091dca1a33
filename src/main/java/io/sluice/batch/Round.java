package io.sluice.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of what a transaction does to one table: it deletes, then writes. Belongs to one lane. */
public final class Round {
    private @Nullable RowGroup deletes;
    private final Map<ColumnSet, RowGroup> writes = new LinkedHashMap<>();
    private @Nullable RowGroup lastWrites;

    RowGroup writes(ColumnSet columns, GroupPool groups) {
        if (lastWrites == null || !columns.equals(lastWrites.columns())) {
            lastWrites = writes.computeIfAbsent(columns, groups::next);
        }
        return lastWrites;
    }

    /** Whether keys of these columns may be deleted here: one statement deletes all. */
    boolean takesDeletes(ColumnSet columns) {
        return deletes == null || deletes.isEmpty() || deletes.columns().equals(columns);
    }

    RowGroup deletes(ColumnSet columns, GroupPool groups) {
        // A deletion that did not fit leaves its group behind.
        if (deletes == null || (deletes.isEmpty() && !deletes.columns().equals(columns))) {
            deletes = groups.next(columns);
        }
        return deletes;
    }

    boolean isDelete(RowGroup group) {
        return group == deletes;
    }

    public Optional<RowGroup> deletes() {
        return Optional.ofNullable(deletes);
    }

    public List<RowGroup> writes() {
        return List.copyOf(writes.values());
    }
}
