package io.sluice.lane;

/**
 * Finds the record to blame for a refused batch by halving: after a refusal only half of the suspects is tried, and the
 * other half after it if that went well. Of n records it takes about log2(n) more transactions. Belongs to one lane.
 */
final class PoisonIsolation {
    /** The suspects end here; they start at the first entry that is not done. */
    private int suspectEnd;

    /** How far the next try may reach, when it starts at {@code start} of {@code end} entries. */
    int limit(int start, int end) {
        if (start >= suspectEnd) {
            return end;
        }
        return start + Math.max(1, (suspectEnd - start) / 2);
    }

    /** The entries before {@code end} were refused. */
    void refused(int end) {
        suspectEnd = end;
    }

    void clear() {
        suspectEnd = 0;
    }
}
