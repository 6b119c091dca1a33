package io.sluice.lane;

import io.sluice.failure.BadRecordException;
import io.sluice.failure.Failures;
import io.sluice.failure.SinkException;
import io.sluice.record.Change;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/**
 * Where entries wait whose table has to be known before they can be routed. They leave in the order in which they came.
 * Belongs to the task thread.
 */
final class Lobby {
    private final TableResolver resolver;
    private final Results results;
    private final BiConsumer<Entry, BadRecordException> refusals;
    private final Map<TableId, Guests> tables = new HashMap<>();

    /**
     * @param refusals takes entries that turned out to be bad when their table was looked up
     */
    Lobby(TableResolver resolver, Results results, BiConsumer<Entry, BadRecordException> refusals) {
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

    /** A table that has become known, and the entries that waited for it. */
    record Arrival(TableId id, TableSchema table, List<Entry> entries) {}

    boolean holds(TableId table) {
        return tables.containsKey(table);
    }

    boolean isEmpty() {
        return tables.isEmpty();
    }

    void add(Entry entry) {
        tables.computeIfAbsent(entry.table(), key -> new Guests(entry, resolver.resolve(entry)))
                .entries
                .add(entry);
    }

    /** The tables that have become known. */
    List<Arrival> arrivals() {
        List<Arrival> arrivals = new ArrayList<>();
        Iterator<Map.Entry<TableId, Guests>> all = tables.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<TableId, Guests> next = all.next();
            Guests guests = next.getValue();
            if (!guests.table.isDone()) {
                continue;
            }
            Optional<TableSchema> table = outcome(guests);
            if (table.isPresent()) {
                arrivals.add(new Arrival(next.getKey(), table.get(), List.copyOf(guests.entries)));
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
        for (Guests guests : tables.values()) {
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
     * There is no table and the entry that asked is content with that, as are all up to the first write, which has it made.
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
            if (entry.change().operation() == Change.Operation.WRITE) {
                break;
            }
            entry.partition().completeApart(entry.offset(), entry.rest());
            content.add(entry);
        }
        content.forEach(entry -> guests.entries.remove());
        results.done(content);
    }
}
