package io.sluice.write;

import io.sluice.record.LruCache;
import io.sluice.table.TableId;
import java.time.Duration;

/**
 * When it is worth trying to copy the rows of an upsert straight into their table. Most streams of upserts mostly insert,
 * and a copy of rows that are all new costs half of a merge; but one row that is there already makes it a waste.
 *
 * <p>So a table is copied into for as long as that goes well. After a conflict, copies are left out: one the first time,
 * then two, four and so on up to {@value #MOST_LEFT_OUT}, and every success after that takes one off again. A copy that
 * fails costs less than a merge. A stream that always conflicts therefore tries once in {@value #MOST_LEFT_OUT} times,
 * and loses less than two in a hundred.
 *
 * <p>Belongs to one session: whatever a table was like before an outage, the next session tries anew.
 */
final class CopyFirst {
    private static final int MOST_LEFT_OUT = 64;

    private static final long LUCK_BYTES = 300;

    /** Of fewer rows the look at the table's definition takes what the copy saves. */
    private static final int FEWEST_ROWS = 250;

    /** By how much less time a row takes that is copied than one of an array, if it is new. */
    private static final long SAVED_NANOS = 5_000;

    /** A copy, its savepoint and the look at the table's definition, less the one statement with arrays. */
    private static final int MORE_ROUND_TRIPS = 2;

    private final LruCache<TableId, Luck> tables = new LruCache<>(luck -> LUCK_BYTES);
    private final long roundTripNanos;

    private static final class Luck {
        private int penalty = 1;
        private int toLeaveOut;
    }

    /** @param roundTrip to the server and back */
    CopyFirst(Duration roundTrip) {
        this.roundTripNanos = roundTrip.toNanos();
    }

    /**
     * Whether a copy is worth its round trips, where the rows could as well be sent as arrays. Behind a slow network it takes
     * more rows. Measured with eight columns and PostgreSQL 18 on the same two cores.
     */
    boolean pays(int rows) {
        return rows >= FEWEST_ROWS && rows * SAVED_NANOS >= MORE_ROUND_TRIPS * roundTripNanos;
    }

    /** Whether the next rows of that table are to be copied; each call stands for one group of rows. */
    boolean isDue(TableId table) {
        Luck luck = luck(table);
        if (luck.toLeaveOut == 0) {
            return true;
        }
        luck.toLeaveOut--;
        return false;
    }

    /** The rows were all new. */
    void succeeded(TableId table) {
        Luck luck = luck(table);
        luck.penalty = Math.max(1, luck.penalty - 1);
    }

    /** A row was there already, or the table is not one to copy into. */
    void failed(TableId table) {
        Luck luck = luck(table);
        luck.toLeaveOut = luck.penalty;
        luck.penalty = Math.min(MOST_LEFT_OUT, luck.penalty * 2);
    }

    private Luck luck(TableId table) {
        return tables.computeIfAbsent(table, key -> new Luck());
    }
}
