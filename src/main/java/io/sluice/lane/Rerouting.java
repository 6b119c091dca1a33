package io.sluice.lane;

import io.sluice.table.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tables whose changes go by another key from now on: they were made anew, or less of their key turned out to count. What
 * is under way went by the old one; so the changes after it wait until no lane has any of the table, and one key never is
 * in two of them. Belongs to the task thread.
 */
final class Rerouting {
    private final Set<TableId> tables = new HashSet<>();
    private final List<Entry> waiting = new ArrayList<>();

    void begin(Collection<TableId> outdated) {
        tables.addAll(outdated);
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

    /** The changes that have waited, in their order. */
    List<Entry> end() {
        List<Entry> released = new ArrayList<>(waiting);
        waiting.clear();
        tables.clear();
        return released;
    }

    /** Takes away what waits of revoked partitions, and returns it. */
    List<Entry> removeRevoked() {
        List<Entry> revoked = waiting.stream().filter(Entry::revoked).toList();
        waiting.removeIf(Entry::revoked);
        return revoked;
    }
}
