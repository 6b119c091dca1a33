package io.sluice.flow;

/** How much waits. Belongs to one thread. */
final class Level {
    private long records;
    private long bytes;

    void add(long moreRecords, long moreBytes) {
        records += moreRecords;
        bytes += moreBytes;
    }

    long records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return records == 0;
    }
}
