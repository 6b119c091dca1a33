package io.sluice.lane;

import io.sluice.config.WriteOrdering;
import io.sluice.table.TableId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where a lane puts the entries of tables that are locked, so that it can go on with the others. Whatever comes after them and
 * has to keep its order with them is put behind them: all of the table, or all of the topic partition where its order is
 * asked for. From time to time the lane takes the first ones out and tries again; what fails goes back to the front.
 *
 * <p>Threading: the lane parks and takes; the task thread takes away what is revoked, and asks for the partitions.
 */
final class Parking {
    /** To find out whether a table is still locked. */
    private static final int PROBE = 100;

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int MOST_DOUBLINGS = 4;

    private final WriteOrdering ordering;
    private final LockWaits waits;
    private final LongSupplier nanos;
    private final LongUnaryOperator randomBelow;
    /** By table, or by topic partition. */
    private final Map<Object, Lot> lots = new HashMap<>();
    /** The one from which the lane has taken, until its turn ends. */
    private @Nullable Lot current;

    private volatile Set<TopicPartition> partitions = Set.of();

    /**
     * @param nanos a clock that never goes back, in nanoseconds
     * @param randomBelow gives a random number from 0 to its argument, which it does not reach
     */
    Parking(WriteOrdering ordering, LockWaits waits, LongSupplier nanos, LongUnaryOperator randomBelow) {
        this.ordering = ordering;
        this.waits = waits;
        this.nanos = nanos;
        this.randomBelow = randomBelow;
    }

    /** What waits for one table. */
    private static final class Lot {
        private final TableId table;
        private long since;
        private final ArrayDeque<Entry> entries = new ArrayDeque<>();
        private final Set<TopicPartition> partitions = new HashSet<>();
        private long due;
        private int failures;
        private boolean failed;

        private Lot(TableId table, long since) {
            this.table = table;
            this.since = since;
        }
    }

    /**
     * Parks what has to wait for a table that is locked.
     *
     * @param left entries in their order
     * @param tried how many of them were in the transaction that met the lock
     * @return those that need not wait
     */
    synchronized List<Entry> park(TableId table, List<Entry> left, int tried) {
        Set<Object> streams = new HashSet<>();
        left.subList(0, tried).stream()
                .filter(entry -> entry.table().equals(table))
                .forEach(entry -> streams.add(stream(entry)));
        long now = nanos.getAsLong();
        Lot lot = join(streams, table, now);
        List<Entry> others = new ArrayList<>();
        List<Entry> first = new ArrayList<>();
        left.forEach(entry -> (streams.contains(stream(entry)) ? first : others).add(entry));
        for (int i = first.size() - 1; i >= 0; i--) {
            lot.entries.addFirst(first.get(i));
        }
        first.forEach(entry -> lot.partitions.add(entry.partition().partition()));
        lot.failed = true;
        lot.due = now + pause(lot.failures++).toNanos();
        publish();
        return others;
    }

    /** The one lot for all of these; where there are several, they become one. */
    private Lot join(Set<Object> streams, TableId table, long now) {
        Set<Lot> found = new LinkedHashSet<>();
        streams.stream().filter(lots::containsKey).map(lots::get).forEach(found::add);
        Lot lot = found.stream().findFirst().orElseGet(() -> {
            waits.parked();
            return new Lot(table, now);
        });
        streams.forEach(stream -> lots.put(stream, lot));
        found.stream().skip(1).forEach(other -> {
            lot.entries.addAll(other.entries);
            lot.partitions.addAll(other.partitions);
            lots.replaceAll((stream, one) -> one.equals(other) ? lot : one);
            current = other.equals(current) ? lot : current;
            waits.flows();
        });
        return lot;
    }

    /** Ever longer, and never the same for two lanes. */
    private Duration pause(int failures) {
        long bound = FIRST_PAUSE_MILLIS << Math.min(failures, MOST_DOUBLINGS);
        return Duration.ofMillis(bound / 2 + randomBelow.applyAsLong(bound));
    }

    /** Puts entries behind those that they must not overtake, and returns the others. */
    synchronized List<Entry> sift(List<Entry> taken) {
        if (lots.isEmpty()) {
            return taken;
        }
        List<Entry> others = new ArrayList<>();
        boolean more = false;
        for (Entry entry : taken) {
            Lot lot = lots.get(stream(entry));
            if (lot == null) {
                others.add(entry);
            } else {
                lot.entries.add(entry);
                more |= lot.partitions.add(entry.partition().partition());
            }
        }
        if (more) {
            publish();
        }
        return others;
    }

    /** The first entries of a table that is to be tried again; none where that is not due. A turn that {@link #endTurn} ends. */
    synchronized List<Entry> takeDue(int most) {
        long now = nanos.getAsLong();
        Optional<Lot> due = lots.values().stream()
                .filter(lot -> lot.due - now <= 0)
                .min(Comparator.comparingLong(lot -> lot.due - now));
        if (due.isEmpty()) {
            return List.of();
        }
        Lot lot = due.get();
        current = lot;
        lot.failed = false;
        List<Entry> entries = new ArrayList<>();
        int count = Math.min(lot.failures > 0 ? Math.min(PROBE, most) : most, lot.entries.size());
        for (int i = 0; i < count; i++) {
            entries.add(lot.entries.remove());
        }
        return entries;
    }

    /** Whether the turn is to find out whether a table is still locked. */
    synchronized boolean isProbing() {
        return current != null && current.failures > 0;
    }

    /** What was taken is written or parked again; returns the table that flows from now on, if one does. */
    synchronized Optional<TableId> endTurn() {
        Lot lot = current;
        current = null;
        if (lot == null || lot.failed) {
            return Optional.empty();
        }
        lot.failures = 0;
        lot.due = nanos.getAsLong();
        lot.since = lot.due;
        if (!lot.entries.isEmpty()) {
            return Optional.empty();
        }
        lots.values().removeIf(lot::equals);
        waits.flows();
        publish();
        return Optional.of(lot.table);
    }

    /** How long a table has been parked. */
    synchronized Duration parkedFor(TableId table) {
        long now = nanos.getAsLong();
        return lots.values().stream()
                .filter(lot -> lot.table.equals(table))
                .map(lot -> Duration.ofNanos(now - lot.since))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** How long until a table is to be tried again, but no longer than that. */
    synchronized Duration untilDue(Duration longest) {
        long now = nanos.getAsLong();
        return lots.values().stream()
                .map(lot -> Duration.ofNanos(Math.max(0, lot.due - now)))
                .min(Comparator.naturalOrder())
                .filter(wait -> wait.compareTo(longest) < 0)
                .orElse(longest);
    }

    synchronized boolean isEmpty() {
        return lots.isEmpty();
    }

    /** Whether anything waits for one of these tables, or was taken and is under way. */
    synchronized boolean holds(Set<TableId> tables) {
        return lots.values().stream().anyMatch(lot -> tables.contains(lot.table));
    }

    /** Takes away what waits of revoked partitions, and returns it. */
    List<Entry> removeRevoked() {
        return remove(Entry::revoked);
    }

    /** Takes away what waits and is such, and returns it. */
    synchronized List<Entry> remove(Predicate<Entry> such) {
        List<Entry> removed = new ArrayList<>();
        for (Lot lot : Set.copyOf(lots.values())) {
            lot.entries.stream().filter(such).forEach(removed::add);
            lot.entries.removeIf(such);
            lot.partitions.clear();
            lot.entries.forEach(entry -> lot.partitions.add(entry.partition().partition()));
        }
        publish();
        return removed;
    }

    /** The partitions of which something waits here. */
    Set<TopicPartition> partitions() {
        return partitions;
    }

    private void publish() {
        Set<TopicPartition> all = new HashSet<>();
        lots.values().forEach(lot -> all.addAll(lot.partitions));
        partitions = Set.copyOf(all);
    }

    private Object stream(Entry entry) {
        return switch (ordering) {
            case KEY -> entry.table();
            case PARTITION -> entry.partition().partition();
        };
    }
}
