package io.sluice.lane;

import io.sluice.record.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a truncation apart from the other changes of its table: it waits for all that came before, and all that comes
 * after waits for it, for those may be in any lane. Belongs to the task thread.
 */
interface Barrier {

    /** Whether the entry may go on; otherwise it is kept until it may. */
    boolean admits(Entry entry);

    /** Notes entries that are done with, and returns those that may go on now. */
    List<Entry> completed(List<Entry> done);

    /** Takes away what waits of revoked partitions, and returns it. */
    List<Entry> removeRevoked();

    boolean isEmpty();

    /** Nothing ever waits: there are no truncations, or one lane has all changes in their order. */
    record Open() implements Barrier {
        @Override
        public boolean admits(Entry entry) {
            return true;
        }

        @Override
        public List<Entry> completed(List<Entry> done) {
            return List.of();
        }

        @Override
        public List<Entry> removeRevoked() {
            return List.of();
        }

        @Override
        public boolean isEmpty() {
            return true;
        }
    }

    /** Counts what is under way of each table, by names without schemas, since a table may be named with and without one. */
    final class ByTable implements Barrier {
        private final Map<String, Traffic> tables = new HashMap<>();

        private static final class Traffic {
            private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
            private int underWay;
            private @Nullable Change truncation;

            boolean isOpenFor(Entry entry) {
                return truncation == null && (underWay == 0 || !isTruncation(entry));
            }

            void start(Entry entry) {
                underWay++;
                truncation = isTruncation(entry) ? entry.change() : null;
            }
        }

        @Override
        public boolean admits(Entry entry) {
            Traffic traffic = tables.computeIfAbsent(entry.table().name(), key -> new Traffic());
            boolean open = traffic.waiting.isEmpty() && traffic.isOpenFor(entry);
            if (open) {
                traffic.start(entry);
            } else {
                traffic.waiting.add(entry);
            }
            return open;
        }

        @Override
        public List<Entry> completed(List<Entry> done) {
            List<Entry> released = new ArrayList<>();
            for (Entry entry : done) {
                Traffic traffic = tables.get(entry.table().name());
                if (traffic == null) {
                    continue;
                }
                traffic.underWay--;
                // A truncation that is refused comes back as another entry, with the letter about it.
                if (entry.change() == traffic.truncation) {
                    traffic.truncation = null;
                }
                release(traffic, released);
                if (traffic.underWay == 0) {
                    tables.remove(entry.table().name());
                }
            }
            return released;
        }

        private static void release(Traffic traffic, List<Entry> released) {
            Entry next = traffic.waiting.peek();
            while (next != null && traffic.isOpenFor(next)) {
                traffic.start(traffic.waiting.remove());
                released.add(next);
                next = traffic.waiting.peek();
            }
        }

        @Override
        public List<Entry> removeRevoked() {
            List<Entry> revoked = new ArrayList<>();
            for (Traffic traffic : tables.values()) {
                int before = traffic.waiting.size();
                traffic.waiting.stream().filter(Entry::revoked).forEach(revoked::add);
                traffic.waiting.removeIf(Entry::revoked);
                // They are reported as done like those that were under way.
                traffic.underWay += before - traffic.waiting.size();
            }
            return revoked;
        }

        @Override
        public boolean isEmpty() {
            return tables.values().stream().allMatch(traffic -> traffic.waiting.isEmpty());
        }

        private static boolean isTruncation(Entry entry) {
            return entry.change().operation() == Change.Operation.TRUNCATE;
        }
    }
}
