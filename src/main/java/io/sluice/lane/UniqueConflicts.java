package io.sluice.lane;

import io.sluice.config.WriteOrdering;
import io.sluice.record.Change;
import io.sluice.table.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * What a lane does about rows with a value that must be unique and that another row still has, when everything before them in
 * their topic partition is written. What frees the value may come from another partition, so they wait: behind them the other
 * changes of their partition and table, while all others go on.
 *
 * <p>Time is short for those that wait in vain: together they have a budget of ten seconds, of which a tenth of the time that
 * passes is given back. So a stream of duplicates is delayed once and does not stand still.
 *
 * <p>Belongs to one lane.
 */
final class UniqueConflicts {
    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final int SHARE_GIVEN_BACK = 10;
    private static final long FIRST_WAIT_MILLIS = 5;
    private static final int MAX_DOUBLINGS = 6;

    private final WriteOrdering ordering;
    private final LongSupplier clock;
    private final Set<Object> blocked = new HashSet<>();
    /** When each was first refused. */
    private final IdentityHashMap<Change, Long> refused = new IdentityHashMap<>();

    private long budget = BUDGET.toNanos();
    private long budgetAt;
    private boolean stepsBack;
    private int waits;

    /** What has to keep its order. */
    private record Stream(TableId table, TopicPartition partition) {}

    /**
     * @param clock nanoseconds
     */
    UniqueConflicts(WriteOrdering ordering, LongSupplier clock) {
        this.ordering = ordering;
        this.clock = clock;
        this.budgetAt = clock.getAsLong();
    }

    /** Another row has the entry's value. */
    void block(Entry entry) {
        blocked.add(stream(entry));
        stepsBack = true;
    }

    /** Whether the entry has waited for as long as it may; what it has waited was in vain then. */
    boolean isHopeless(Entry entry) {
        long now = clock.getAsLong();
        long waited = now - refused.computeIfAbsent(entry.change(), change -> now);
        budget = Math.min(BUDGET.toNanos(), budget + (now - budgetAt) / SHARE_GIVEN_BACK);
        budgetAt = now;
        if (waited < budget) {
            return false;
        }
        budget = Math.max(0, budget - waited);
        return true;
    }

    /** Something was written, so that the value may be free now. */
    void progressed() {
        waits = 0;
    }

    /** Whether the order of what is left has to change. */
    boolean isStepBackDue() {
        return stepsBack;
    }

    /** The same entries, those that wait at the end. */
    List<Entry> stepBack(List<Entry> entries) {
        stepsBack = false;
        if (blocked.isEmpty()) {
            return entries;
        }
        List<Entry> ordered = new ArrayList<>(entries.size());
        entries.stream().filter(entry -> !isBlocked(entry)).forEach(ordered::add);
        entries.stream().filter(this::isBlocked).forEach(ordered::add);
        return ordered;
    }

    /** Whether the entry waits. */
    boolean isBlocked(Entry entry) {
        return !blocked.isEmpty() && blocked.contains(stream(entry));
    }

    /** The wait before all is tried again. */
    Duration nextWait() {
        blocked.clear();
        return Duration.ofMillis(FIRST_WAIT_MILLIS << Math.min(waits++, MAX_DOUBLINGS));
    }

    void clear() {
        blocked.clear();
        refused.clear();
        stepsBack = false;
        waits = 0;
    }

    private Object stream(Entry entry) {
        TopicPartition partition = entry.partition().partition();
        return switch (ordering) {
            case KEY -> new Stream(entry.table(), partition);
            case PARTITION -> partition;
        };
    }
}
