package io.sluice.lane;

import io.sluice.batch.Batch;
import io.sluice.table.TableId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long the lanes of a task wait for a lock. Where all rows go into one table there is nothing else to do, so they wait for
 * as long as {@code lock.timeout.ms} says. Where there are other tables they wait less, and park the table that is locked.
 *
 * <p>Threading: for all lanes of a task.
 */
final class LockWaits {
    /** As long as a transaction is to take. */
    private static final Duration FIRST = Duration.ofMillis(500);
    /** The lane's other tables wait meanwhile. */
    private static final Duration AGAIN = Duration.ofMillis(100);

    private final Duration longest;
    private final Set<TableId> tables = ConcurrentHashMap.newKeySet();
    private final AtomicInteger parked = new AtomicInteger();

    /**
     * @param longest {@code lock.timeout.ms}; zero is for ever
     */
    LockWaits(Duration longest) {
        this.longest = longest;
    }

    /** Notes the tables of a batch. */
    void writes(Batch batch) {
        // Once there are two there are always several.
        if (!areSeveral()) {
            batch.tables().forEach(table -> tables.add(table.table().id()));
        }
    }

    /** Whether the task writes into several tables. */
    boolean areSeveral() {
        return tables.size() > 1;
    }

    /** How long a lane waits that has other work, or may have it at any time. */
    Duration first() {
        return areSeveral() ? least(FIRST) : longest;
    }

    /** How long it waits when it looks whether a parked table is still locked. */
    Duration again() {
        return least(AGAIN);
    }

    /** How many whole {@code lock.timeout.ms} have passed in that time. */
    int timeouts(Duration time) {
        return longest.isZero() ? 0 : (int) time.dividedBy(longest);
    }

    private Duration least(Duration wait) {
        return longest.isZero() || wait.compareTo(longest) < 0 ? wait : longest;
    }

    /** A lane has parked a table. */
    void parked() {
        parked.incrementAndGet();
    }

    /** A lane has written what it had parked of a table. */
    void flows() {
        parked.decrementAndGet();
    }

    /** Whether any lane has parked a table. */
    boolean areAnyParked() {
        return parked.get() > 0;
    }
}
