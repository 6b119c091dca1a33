package io.sluice.offset;

import java.util.OptionalLong;

/**
 * How far a partition's records are durable: all before an offset, and some from it on. A record of two changes, a
 * deletion under the old key and a write under the new one, may be durable by half.
 *
 * <p>Not for several threads.
 */
public final class Progress {
    private final OffsetSet whole = new OffsetSet();
    private final OffsetSet half = new OffsetSet();
    private long floor = Long.MIN_VALUE;

    /** All before this offset are durable; a smaller one than before changes nothing. */
    public void reach(long offset) {
        if (offset > floor) {
            floor = offset;
            whole.removeBelow(offset);
            half.removeBelow(offset);
        }
    }

    /**
     * A change is durable.
     *
     * @param rest the number of changes that its record has after it
     */
    public void add(long offset, int rest) {
        if (offset >= floor) {
            (rest == 0 ? whole : half).add(offset);
        }
    }

    /** Whatever the other one knows is durable, too. */
    public void addAll(Progress other) {
        floor = Math.max(floor, other.floor);
        addAll(other.whole, other.half);
    }

    /** These changes are durable, as {@link #whole()} and {@link #half()} have them. */
    public void addAll(OffsetSet wholes, OffsetSet halves) {
        whole.addAll(wholes);
        half.addAll(halves);
        whole.removeBelow(floor);
        half.removeBelow(floor);
    }

    /** Whether a change is durable, as {@link #add} numbers it. */
    public boolean contains(long offset, int rest) {
        return offset < floor || (rest == 0 ? whole : half).contains(offset);
    }

    /** The offset before which all are durable; empty where nobody has said so yet. */
    public OptionalLong floor() {
        return floor == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(floor);
    }

    /** The largest offset of which something is durable; less than any offset where nothing is. */
    public long last() {
        long before = floor == Long.MIN_VALUE ? floor : floor - 1;
        return Math.max(before, Math.max(whole.last().orElse(floor), half.last().orElse(floor)));
    }

    /** The records from the floor on whose last change is durable. */
    public OffsetSet whole() {
        return whole;
    }

    /** The records from the floor on whose first of two changes is durable. */
    public OffsetSet half() {
        return half;
    }

    public Progress copy() {
        Progress copy = new Progress();
        copy.addAll(this);
        return copy;
    }
}
