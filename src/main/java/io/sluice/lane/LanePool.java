package io.sluice.lane;

import io.sluice.failure.BadRecordException;
import io.sluice.failure.Failures;
import io.sluice.record.Change;
import io.sluice.record.RecordException;
import io.sluice.table.TableId;
import io.sluice.type.KeyBindings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of a task. Each is started with the first change for it.
 *
 * <p>Threading: belongs to the task thread.
 */
public final class LanePool {
    private static final Logger LOG = LoggerFactory.getLogger(LanePool.class);

    private final LaneParts parts;
    private final LaneRouter router;
    private final TableResolver resolver;
    private final Lobby lobby;
    private final Barrier barrier;
    private final Rerouting rerouting = new Rerouting();
    private final OrderedTables ordered;
    private final LockWaits lockWaits;
    private final @Nullable Lane[] lanes;
    private final List<Thread> threads = new ArrayList<>();
    private final List<List<Entry>> outgoing = new ArrayList<>();

    public LanePool(LaneParts parts) {
        this.parts = parts;
        int most = parts.writes().parallelism();
        this.router = new LaneRouter(
                parts.writes().ordering(), parts.keys(), new KeyBindings(parts.bindings()), parts.catalog(), most);
        this.resolver = new TableResolver(parts.catalog(), parts.retries(), parts.metrics(), parts.threads());
        this.lobby = new Lobby(parts.writes().ordering(), resolver, parts.results(), this::refuse);
        this.ordered = new OrderedTables(!router.spreads());
        this.barrier = parts.truncates() && router.spreads() ? new Barrier.ByTable() : new Barrier.Open();
        this.lockWaits = new LockWaits(parts.writes().lockTimeout());
        this.lanes = new @Nullable Lane[most];
        for (int i = 0; i < most; i++) {
            outgoing.add(new ArrayList<>());
        }
    }

    /** Takes an entry; it reaches its lane with the next {@link #flush()}. */
    public void add(Entry entry) {
        if (barrier.admits(entry)) {
            enter(entry);
        }
    }

    /** The names of a table's key columns; empty where the table is not known, or is about to have another key. */
    public Optional<List<String>> keyOf(TableId table) {
        return rerouting.holds(table) ? Optional.empty() : router.keyOf(table);
    }

    /** Notes entries that are done with. */
    public void completed(List<Entry> done) {
        barrier.completed(done).forEach(this::enter);
    }

    private void enter(Entry entry) {
        // What waits for a look-up came first.
        if (!lobby.isEmpty() && lobby.holds(entry)) {
            lobby.add(entry);
        } else if (!rerouting.isEmpty() && rerouting.holds(entry.table())) {
            rerouting.add(entry);
        } else if (router.needsTable(entry.table(), entry.change())) {
            lobby.add(entry);
        } else {
            route(entry);
        }
    }

    /** Hands over what was added, and what has waited for tables that are known by now. */
    public void flush() {
        rerouting.begin(router.outdated());
        ordered.takeRequests().forEach(this::recall);
        if (!lobby.isEmpty()) {
            lobby.arrivals().forEach(this::arrive);
        }
        if (!rerouting.isEmpty()) {
            endRerouting();
        }
        for (int i = 0; i < lanes.length; i++) {
            if (!outgoing.get(i).isEmpty()) {
                lane(i).queue().offer(outgoing.get(i));
                outgoing.set(i, new ArrayList<>());
            }
        }
    }

    private void arrive(Lobby.Arrival arrival) {
        TableId id = arrival.asking().table();
        boolean alike = router.know(id, arrival.table(), arrival.asking().change());
        List<TableId> names = router.namesOf(id);
        if (!alike || names.stream().anyMatch(rerouting::holds)) {
            rerouting.begin(names);
        }
        if (router.keepsPartitionOrder(id)) {
            ordered.keep(id);
        }
        arrival.entries().forEach(this::enter);
    }

    /**
     * Has lanes hand back all changes of a table, which are routed by partition as soon as no lane has any. From now on none gets to
     * a lane.
     */
    private void recall(TableId table) {
        List<TableId> names = router.namesOf(table);
        rerouting.begin(names);
        for (List<Entry> entries : outgoing) {
            Predicate<Entry> recalled = entry -> entry.letter() == null && names.contains(entry.table());
            entries.stream().filter(recalled).forEach(rerouting::add);
            entries.removeIf(recalled);
        }
        names.forEach(ordered::recall);
        LOG.info(
                "Rows of table {} take over unique values from one another: its changes keep the order of their topic "
                        + "partitions from now on",
                table);
    }

    /** Routes the changes of those tables of which no lane has any more. */
    private void endRerouting() {
        Set<TableId> ended = rerouting.tables().stream()
                .filter(table -> isDoneWith(Set.copyOf(router.namesOf(table))))
                .collect(Collectors.toSet());
        // After the lanes were asked: what they have handed back is all there.
        collectHandedBack();
        for (TableId table : ended) {
            if (ordered.isRecalled(table)) {
                router.keepPartitionOrder(table);
                ordered.keep(table);
            }
        }
        rerouting.end(ended).forEach(this::enter);
    }

    private void collectHandedBack() {
        Results results = parts.results();
        for (Optional<List<Entry>> more = results.pollHandedBack(); more.isPresent(); more = results.pollHandedBack()) {
            more.get().forEach(rerouting::add);
        }
    }

    /** Whether anything that was added may soon become durable without a further call of {@link #add}. */
    public boolean isBusy() {
        return needsAttention()
                || isAnyOutgoing()
                || started().stream().anyMatch(lane -> lane.queue().isBusy());
    }

    /** Whether something waits for the task thread to come by again. */
    public boolean needsAttention() {
        return !lobby.isEmpty() || !barrier.isEmpty() || !rerouting.isEmpty();
    }

    /** The partitions of which something waits for a table that is locked. */
    public Set<TopicPartition> stuck() {
        Set<TopicPartition> stuck = Set.of();
        for (Lane lane : lanes) {
            if (lane != null && !lane.parking().partitions().isEmpty()) {
                stuck = new HashSet<>(stuck);
                stuck.addAll(lane.parking().partitions());
            }
        }
        return stuck;
    }

    /** Whether no lane has, or is about to get, anything of these tables, and nothing of them waits that came after it. */
    private boolean isDoneWith(Set<TableId> tables) {
        return outgoing.stream().flatMap(List::stream).noneMatch(entry -> tables.contains(entry.table()))
                && !lobby.holds(tables)
                && started().stream().allMatch(lane -> lane.isDoneWith(tables));
    }

    private boolean isAnyOutgoing() {
        return outgoing.stream().anyMatch(entries -> !entries.isEmpty());
    }

    /**
     * Takes back what is queued of revoked partitions, which are marked as such, and waits until nothing of them is being written. What takes longer
     * than {@code patience} is cancelled, and then cut.
     */
    public void dropRevoked(Collection<TopicPartition> revoked, Duration patience) {
        router.forgetPartitions(revoked);
        parts.results().done(barrier.removeRevoked());
        parts.results().done(lobby.removeRevoked());
        collectHandedBack();
        parts.results().done(rerouting.removeRevoked());
        for (Lane lane : started()) {
            parts.results().done(lane.queue().removeRevoked());
            parts.results().done(lane.parking().removeRevoked());
        }
        List<Lane> late = stillWriting(started(), patience);
        cancel(late);
        late = stillWriting(late, patience);
        if (!late.isEmpty()) {
            LOG.warn("{} statements did not heed their cancellation, the connections are cut", late.size());
            late.forEach(Lane::abort);
            late = stillWriting(late, patience);
        }
        if (!late.isEmpty()) {
            LOG.error("{} lanes hold what was taken away, though their connections are cut", late.size());
        }
    }

    /** Those of the lanes that write of a revoked partition when the time is over. */
    private static List<Lane> stillWriting(List<Lane> lanes, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        return lanes.stream()
                .filter(lane ->
                        !lane.queue().awaitRevokedReleased(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))))
                .toList();
    }

    /** All at once and without waiting for it: the task thread has little time, and a network may swallow everything. */
    private void cancel(List<Lane> lanes) {
        lanes.forEach(lane -> parts.threads().newThread(lane::cancel).start());
    }

    /** Ends all threads, waiting for up to {@code patience}. What was not written stays undone. */
    public void stop(Duration patience) {
        resolver.stop();
        started().forEach(Lane::stop);
        cancel(started());
        threads.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + patience.toNanos();
        boolean ended = true;
        for (Thread thread : threads) {
            ended &= join(thread, deadline);
        }
        if (!ended) {
            LOG.warn("Lanes are still writing after {}, their connections are cut", patience);
            started().forEach(Lane::abort);
        }
        resolver.awaitStop(patience);
    }

    private static boolean join(Thread thread, long deadline) {
        try {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void route(Entry entry) {
        try {
            if (entry.change().isOpen()) {
                settle(entry);
                return;
            }
            int lane = router.lane(entry.table(), entry.change());
            if (lane == LaneRouter.WAIT) {
                rerouting.begin(router.namesOf(entry.table()));
                rerouting.add(entry);
            } else {
                outgoing.get(lane).add(entry);
            }
        } catch (RecordException e) {
            refuse(
                    entry,
                    Failures.badRecord(entry.change().origin(), entry.table().toString(), e));
        }
    }

    /** An update that came before its table was known: now it shows whether it gives the row another key. */
    private void settle(Entry entry) {
        Optional<Change> change =
                entry.change().settled(router.keyOf(entry.table()).orElse(List.of()));
        change.map(entry::with).ifPresentOrElse(this::route, () -> leave(entry));
    }

    private void leave(Entry entry) {
        entry.partition().completeApart(entry.offset(), entry.rest());
        parts.results().done(List.of(entry));
    }

    /** A record that cannot be written, found before any lane had it. */
    private void refuse(Entry entry, BadRecordException problem) {
        if (entry.change().isOpen() && entry.change().operation() == Change.Operation.DELETE) {
            // The write of the same record comes next, and is the one to be refused.
            leave(entry);
            return;
        }
        try {
            addLetter(parts.badRecords().letter(entry, problem));
        } catch (BadRecordException e) {
            parts.results().failed(e);
        }
    }

    /** Takes a dead letter, which a lane writes, or which is done with as far as lanes are concerned. */
    public void addLetter(Entry letter) {
        if (parts.badRecords().writesLetters()) {
            outgoing.get(router.laneOfPartition(letter.change())).add(letter);
        } else {
            parts.results().done(List.of(letter));
        }
    }

    private Lane lane(int number) {
        Lane lane = lanes[number];
        if (lane == null) {
            lane = new Lane(parts, number, lockWaits, ordered);
            lanes[number] = lane;
            Thread thread = parts.threads().newThread(lane);
            threads.add(thread);
            thread.start();
        }
        return lane;
    }

    private List<Lane> started() {
        List<Lane> started = new ArrayList<>();
        for (Lane lane : lanes) {
            if (lane != null) {
                started.add(lane);
            }
        }
        return started;
    }
}
