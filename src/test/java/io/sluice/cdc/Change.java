package io.sluice.cdc;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What a transaction of the typed load does to its table. */
enum Change {
    INSERT(6),
    UPDATE(8),
    DELETE(3),
    /** A row gets the key of another, which is deleted. */
    REKEY(3),
    /** A row is deleted, and inserted again with other values. */
    REPLACE(2),
    /** A tenth of the table, one column of each row. */
    TOUCH_MANY(1),
    TRUNCATE(3);

    static final Set<Change> ALL_BUT_TRUNCATE = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(TRUNCATE)));
    static final Set<Change> ALL_THAT_KEEP_THE_KEY =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(TRUNCATE, REKEY)));
    static final Set<Change> ALL = Collections.unmodifiableSet(EnumSet.allOf(Change.class));

    private final int weight;

    Change(int weight) {
        this.weight = weight;
    }

    /** One of these, by their weights. */
    static Change next(Set<Change> among, Random random) {
        List<Change> changes = List.copyOf(EnumSet.copyOf(among));
        int point = random.nextInt(
                changes.stream().mapToInt(change -> change.weight).sum());
        for (Change change : changes) {
            point -= change.weight;
            if (point < 0) {
                return change;
            }
        }
        throw new IllegalStateException("Nothing among " + among);
    }
}
