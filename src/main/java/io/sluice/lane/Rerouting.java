package io.sluice.lane;

import io.sluice.table.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tables whose changes go by another way from now on, and those changes: the tables were made anew, or less of their key
 * turned out to count, or their unique values go from row to row. What is under way went by the old way; so the changes after
 * it wait until no lane has any of the table, and one key never is in two of them. Belongs to the task thread.
 */
final class Rerouting {
    private final Set<TableId> tables = new HashSet<>();
    private final List<Entry> waiting = new ArrayList<>();

    void begin(Collection<TableId> names) {
        tables.addAll(names);
    }

    boolean isEmpty() {
        return tables.isEmpty();
    }

    Set<TableId> tables() {
        return tables;
    }

    boolean holds(TableId table) {
        return tables.contains(table);
    }

    void add(Entry entry) {
        waiting.add(entry);
    }

    /** Ends the wait for these tables, and returns their changes, in the order of their partitions. */
    List<Entry> end(Set<TableId> names) {
        // Lanes may have handed back what came before the others.
        List<Entry> released = waiting.stream()
                .filter(entry -> names.contains(entry.table()))
                .sorted(Comparator.comparingLong(Entry::number))
                .toList();
        waiting.removeIf(entry -> names.contains(entry.table()));
        tables.removeAll(names);
        return released;
    }

    /** Takes away what waits of revoked partitions, and returns it. */
    List<Entry> removeRevoked() {
        List<Entry> revoked = waiting.stream().filter(Entry::revoked).toList();
        waiting.removeIf(Entry::revoked);
        return revoked;
    }
}
