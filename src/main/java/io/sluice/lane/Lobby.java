package io.sluice.lane;

import io.sluice.config.WriteOrdering;
import io.sluice.failure.BadRecordException;
import io.sluice.failure.Failures;
import io.sluice.failure.SinkException;
import io.sluice.record.Change;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/**
 * Where entries wait whose table has to be looked up, made or changed before they can be routed. Whatever has to keep its
 * order with them waits behind them: all of the table, or all of the topic partition where its order is asked for. They
 * leave in the order in which they came. Belongs to the task thread.
 */
final class Lobby {
    private final WriteOrdering ordering;
    private final TableResolver resolver;
    private final Results results;
    private final BiConsumer<Entry, BadRecordException> refusals;
    /** By table, or by topic partition. */
    private final Map<Object, Guests> streams = new LinkedHashMap<>();

    /**
     * @param refusals takes entries that turned out to be bad when their table was looked up
     */
    Lobby(
            WriteOrdering ordering,
            TableResolver resolver,
            Results results,
            BiConsumer<Entry, BadRecordException> refusals) {
        this.ordering = ordering;
        this.resolver = resolver;
        this.results = results;
        this.refusals = refusals;
    }

    private static final class Guests {
        private final ArrayDeque<Entry> entries = new ArrayDeque<>();
        private Entry asking;
        private CompletableFuture<Optional<TableSchema>> table;

        private Guests(Entry asking, CompletableFuture<Optional<TableSchema>> table) {
            this.asking = asking;
            this.table = table;
        }
    }

    /** The table of an entry has become known, and able to take it; the entries that waited, that one first among them. */
    record Arrival(Entry asking, TableSchema table, List<Entry> entries) {}

    boolean holds(Entry entry) {
        return streams.containsKey(stream(entry));
    }

    /** Whether anything of these tables waits. */
    boolean holds(Set<TableId> tables) {
        return streams.values().stream()
                .flatMap(guests -> guests.entries.stream())
                .anyMatch(entry -> tables.contains(entry.table()));
    }

    boolean isEmpty() {
        return streams.isEmpty();
    }

    void add(Entry entry) {
        streams.computeIfAbsent(stream(entry), key -> new Guests(entry, resolver.resolve(entry)))
                .entries
                .add(entry);
    }

    private Object stream(Entry entry) {
        return switch (ordering) {
            case KEY -> entry.table();
            case PARTITION -> entry.partition().partition();
        };
    }

    /** The tables that have become known. */
    List<Arrival> arrivals() {
        List<Arrival> arrivals = new ArrayList<>();
        Iterator<Guests> all = streams.values().iterator();
        while (all.hasNext()) {
            Guests guests = all.next();
            if (!guests.table.isDone()) {
                continue;
            }
            Optional<TableSchema> table = outcome(guests);
            if (table.isPresent()) {
                arrivals.add(new Arrival(guests.asking, table.get(), List.copyOf(guests.entries)));
                all.remove();
            } else if (results.failure().isPresent() || !askAgain(guests)) {
                all.remove();
            }
        }
        return arrivals;
    }

    /** Takes away what waits of revoked partitions, and returns it. */
    List<Entry> removeRevoked() {
        List<Entry> revoked = new ArrayList<>();
        for (Guests guests : streams.values()) {
            guests.entries.stream().filter(Entry::revoked).forEach(revoked::add);
            guests.entries.removeIf(Entry::revoked);
        }
        return revoked;
    }

    private Optional<TableSchema> outcome(Guests guests) {
        try {
            return guests.table.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BadRecordException problem) {
                refuse(guests, problem);
                return Optional.empty();
            }
            results.failed(
                    e.getCause() instanceof SinkException problem
                            ? problem
                            : Failures.unexpected("A table look-up", e));
            return Optional.empty();
        }
    }

    /** The one that asked may have been taken away meanwhile. */
    private void refuse(Guests guests, BadRecordException problem) {
        if (guests.asking.equals(guests.entries.peek())) {
            refusals.accept(guests.entries.remove(), problem);
        }
    }

    /**
     * There is no table and the entry that asked is content with that, as are all of the table up to the first write, which
     * has it made.
     * The one that asked may have been refused, or taken away meanwhile.
     */
    private boolean askAgain(Guests guests) {
        if (guests.asking.equals(guests.entries.peek())) {
            leaveUpToWrite(guests);
        }
        Entry next = guests.entries.peek();
        if (next == null) {
            return false;
        }
        guests.asking = next;
        guests.table = resolver.resolve(next);
        return true;
    }

    private void leaveUpToWrite(Guests guests) {
        List<Entry> content = new ArrayList<>();
        for (Entry entry : guests.entries) {
            boolean write = entry.change().operation() == Change.Operation.WRITE;
            if (write || !entry.table().equals(guests.asking.table())) {
                break;
            }
            entry.partition().completeApart(entry.offset(), entry.rest());
            content.add(entry);
        }
        content.forEach(entry -> guests.entries.remove());
        results.done(content);
    }
}
