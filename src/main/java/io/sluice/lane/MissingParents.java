package io.sluice.lane;

import io.sluice.record.Change;
import io.sluice.table.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a lane does about rows that refer to others which are not there. Those may be in another lane, in another task, or
 * further back in the lane's own queue. So the changes of such a table step back behind those of other tables, all of
 * them, which keeps the order of each key; and when nothing else is left they wait. After a while without any progress,
 * or a longer one with some, what is missing does not come any more.
 *
 * <p>Belongs to one lane.
 */
final class MissingParents {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** The same where others go on. */
    private static final Duration LONGEST_OF_ALL = Duration.ofMinutes(1);

    private static final long FIRST_WAIT_MILLIS = 10;
    private static final int MOST_DOUBLINGS = 5;

    private final LongSupplier clock;
    private final Set<TableId> blocked = new HashSet<>();
    /** When each was first refused. */
    private final IdentityHashMap<Change, Long> refused = new IdentityHashMap<>();

    private boolean stepsBack;
    private long stalledSince;
    private boolean stalled;
    private int waits;

    /**
     * @param clock nanoseconds
     */
    MissingParents(LongSupplier clock) {
        this.clock = clock;
    }

    /** The entry refers to what is not there. */
    void block(Entry entry) {
        blocked.add(entry.table());
        refused.putIfAbsent(entry.change(), clock.getAsLong());
        stepsBack = true;
        if (!stalled) {
            stalled = true;
            stalledSince = clock.getAsLong();
        }
    }

    /** Whether there has been no progress for so long that there will be none, or none that this entry has waited for. */
    boolean isHopeless(Entry entry) {
        long now = clock.getAsLong();
        long first = refused.getOrDefault(entry.change(), now);
        return (stalled && now - stalledSince > LONGEST.toNanos()) || now - first > LONGEST_OF_ALL.toNanos();
    }

    /** Something was written, so that what was missing may be there now. */
    void progressed() {
        stalled = false;
        waits = 0;
    }

    /** Whether the order of what is left has to change. */
    boolean isStepBackDue() {
        return stepsBack;
    }

    /** The same entries, those of the blocked tables at the end. */
    List<Entry> stepBack(List<Entry> entries) {
        stepsBack = false;
        List<Entry> ordered = new ArrayList<>(entries.size());
        entries.stream().filter(entry -> !blocked.contains(entry.table())).forEach(ordered::add);
        if (ordered.size() < entries.size()) {
            entries.stream().filter(entry -> blocked.contains(entry.table())).forEach(ordered::add);
        }
        return ordered;
    }

    /** Whether the first of them is of a blocked table, so that nothing is left but to wait. */
    boolean isBlocked(Entry first) {
        return blocked.contains(first.table());
    }

    /** The wait before all is tried again. */
    Duration nextWait() {
        blocked.clear();
        return Duration.ofMillis(FIRST_WAIT_MILLIS << Math.min(waits++, MOST_DOUBLINGS));
    }

    void clear() {
        blocked.clear();
        refused.clear();
        stepsBack = false;
        progressed();
    }
}
