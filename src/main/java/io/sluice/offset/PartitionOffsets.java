package io.sluice.offset;

import java.util.OptionalLong;

/**
 * The records of one topic partition between their arrival and their durability, for as long as the partition is ours.
 * A partition that is taken away and comes back gets a new instance, so that late results of the old one count for
 * nothing.
 *
 * <p>Records are numbered in the order of delivery. The durable prefix is contiguous in that order and not in the
 * offsets themselves, which have holes wherever a log was compacted, a transaction ended or a transformation dropped a
 * record.
 *
 * <p>Threading: all of it belongs to the task thread but {@link #revoked()}, which lanes ask.
 */
public final class PartitionOffsets {
    private static final int FIRST_CAPACITY = 1024;

    /** Offsets by number, in a ring whose length is a power of two. */
    private long[] offsets = new long[FIRST_CAPACITY];

    private boolean[] durable = new boolean[FIRST_CAPACITY];
    private long head;
    private long tail;
    private long position = -1;
    private volatile boolean revoked;

    PartitionOffsets() {}

    /** Notes a record that was delivered and returns its number. */
    public long begin(long offset) {
        if (tail - head == offsets.length) {
            grow();
        }
        int slot = slot(tail);
        offsets[slot] = offset;
        durable[slot] = false;
        return tail++;
    }

    /** Notes that the record of that number is durable. */
    public void complete(long number) {
        if (number < head || number >= tail) {
            throw new IllegalArgumentException("record " + number + " is not open: " + head + " to " + tail);
        }
        durable[slot(number)] = true;
        while (head < tail && durable[slot(head)]) {
            position = offsets[slot(head)] + 1;
            head++;
        }
    }

    /** How many records are not durable yet, counted from the first that is not. */
    public long open() {
        return tail - head;
    }

    /** The offset after the last record of the durable prefix; empty where nothing was durable yet. */
    public OptionalLong durablePosition() {
        return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** Whether the partition was taken away: what is queued of it must not be written any more. */
    public boolean revoked() {
        return revoked;
    }

    void revoke() {
        revoked = true;
    }

    private int slot(long number) {
        return (int) (number & (offsets.length - 1));
    }

    private void grow() {
        int length = offsets.length;
        long[] moreOffsets = new long[length * 2];
        boolean[] moreDurable = new boolean[length * 2];
        // Numbers keep their meaning: each record moves to the slot that its number has in the longer ring.
        for (long number = head; number < tail; number++) {
            int from = slot(number);
            int to = (int) (number & (moreOffsets.length - 1));
            moreOffsets[to] = offsets[from];
            moreDurable[to] = durable[from];
        }
        offsets = moreOffsets;
        durable = moreDurable;
    }
}
