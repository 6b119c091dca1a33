package io.sluice.lane;

import io.sluice.table.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a lane does about rows that refer to others which are not there. Those may be in another lane, in another task, or
 * further back in the lane's own queue. So the changes of such a table step back behind those of other tables, all of
 * them, which keeps the order of each key; and when nothing else is left they wait. After a while without any progress
 * what is missing does not come any more.
 *
 * <p>Belongs to one lane.
 */
final class MissingParents {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long FIRST_WAIT_MILLIS = 10;
    private static final int MOST_DOUBLINGS = 5;

    private final LongSupplier clock;
    private final Set<TableId> blocked = new HashSet<>();
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

    /** A change of that table refers to what is not there. */
    void block(TableId table) {
        blocked.add(table);
        stepsBack = true;
        if (!stalled) {
            stalled = true;
            stalledSince = clock.getAsLong();
        }
    }

    /** Whether there has been no progress for so long that there will be none. */
    boolean isHopeless() {
        return stalled && clock.getAsLong() - stalledSince > LONGEST.toNanos();
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
        stepsBack = false;
        progressed();
    }
}
