package io.sluice.lane;

import io.sluice.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tables whose changes keep the order of their topic partitions although {@code write.ordering} is {@code key}: a value that
 * must be unique goes from one of their rows to another. A writer that meets such a conflict asks for it; the task thread then
 * recalls the table's changes from all lanes and routes them by partition.
 *
 * <p>Threading: lanes ask and look, the task thread answers.
 */
final class OrderedTables {
    private final boolean all;
    private final Set<TableId> requested = ConcurrentHashMap.newKeySet();
    private final Set<TableId> recalled = ConcurrentHashMap.newKeySet();
    private final Set<TableId> ordered = ConcurrentHashMap.newKeySet();

    /**
     * @param all whether the changes of every table keep the order of their partitions anyway
     */
    OrderedTables(boolean all) {
        this.all = all;
    }

    /** Whether all changes of the table that come before one in its topic partition are in the same lane before it. */
    boolean contains(TableId table) {
        return all || ordered.contains(table);
    }

    /** Asks for a table's changes to keep the order of their partitions. */
    void request(TableId table) {
        if (!recalled.contains(table)) {
            requested.add(table);
        }
    }

    /** The tables that were asked for since the last call. */
    List<TableId> takeRequests() {
        if (requested.isEmpty()) {
            return List.of();
        }
        List<TableId> taken = new ArrayList<>(requested);
        requested.removeAll(taken);
        taken.removeIf(table -> contains(table) || recalled.contains(table));
        return taken;
    }

    /** From now on lanes hand back what they have of the table; nothing of it is routed any more. */
    void recall(TableId table) {
        recalled.add(table);
    }

    /** The tables of which lanes have to hand back what they have. */
    Set<TableId> recalled() {
        return recalled;
    }

    boolean isRecalled(TableId table) {
        return recalled.contains(table);
    }

    /** No lane has anything of the table; from now on its changes are routed by partition. */
    void keep(TableId table) {
        ordered.add(table);
        recalled.remove(table);
    }
}
