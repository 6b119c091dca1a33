package io.sluice.lane;

/**
 * Finds the records to blame for a refused batch by halving: after a refusal only half of the suspects is tried, and the
 * other half after it if that went well. Of n records it takes about log2(n) more transactions. Where PostgreSQL has said
 * which row it was, what is before it is tried next, and then it alone, unless it is certain that this one is to blame.
 *
 * <p>The first bad record among those that the lane has taken may be the only one, so after it all that is left is tried.
 * From the second on a try reaches as far as from the one before it to the last, and twice as far each time that goes well:
 * where nearly all are bad, hardly more than they are is tried.
 *
 * <p>Belongs to one lane.
 */
final class PoisonIsolation {
    private static final int NONE = -1;

    /** The suspects end here; they start at the first entry that is not done. */
    private int suspectEnd;

    private int prime = NONE;
    private int lastFound = NONE;
    /** Most entries of a try. */
    private int reach = Integer.MAX_VALUE;

    /** How far the next try may reach, when it starts at {@code start} of {@code end} entries. */
    int limit(int start, int end) {
        int most = (int) Math.min(end, (long) Math.max(start, lastFound + 1) + reach);
        if (start >= suspectEnd) {
            return most;
        }
        int half = prime >= start ? Math.max(1, prime - start) : Math.max(1, (suspectEnd - start) / 2);
        return Math.min(most, start + half);
    }

    /** The entries before {@code end} were refused. */
    void refused(int end) {
        suspectEnd = end;
        prime = NONE;
    }

    /** The same, and PostgreSQL has named the one at {@code suspect}. */
    void refused(int end, int suspect) {
        suspectEnd = end;
        prime = suspect;
    }

    /** The entry at {@code index} of those from {@code start} on is bad and has been put aside. */
    void found(int start, int index) {
        if (lastFound != NONE && index > lastFound) {
            reach = index - lastFound;
        }
        lastFound = index;
        // What is before it is known to be good.
        suspectEnd = index > start ? index + 1 : 0;
        prime = suspectEnd;
    }

    /** Rows hand values on, so that a large try is most likely for nothing: one entry next, then two, and so on. */
    void startSmall() {
        reach = 1;
    }

    /** A try went well. */
    void passed() {
        reach = reach > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : reach * 2;
    }

    void clear() {
        suspectEnd = 0;
        prime = NONE;
        lastFound = NONE;
        reach = Integer.MAX_VALUE;
    }
}
