package io.sluice.offset;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one topic partition between their arrival and their durability, for as long as the partition is ours.
 * A partition that is taken away and comes back gets a new instance, so that late results of the old one count for
 * nothing.
 *
 * <p>Records are numbered in the order of delivery. The durable prefix is contiguous in that order and not in the
 * offsets themselves, which have holes wherever a log was compacted, a transaction ended or a transformation dropped a
 * record.
 *
 * <p>Threading: all of it belongs to the task thread but what lanes ask: {@link #revoked()}, {@link #floor()} and
 * {@link #addApart}, and what they say: {@link #stepped}, and {@link #revoke()} when they find that it has another owner.
 */
public final class PartitionOffsets {
    private static final int FIRST_CAPACITY = 16;
    private static final long[] NO_OFFSETS = {};
    private static final boolean[] NONE_DURABLE = {};

    /** Offsets by number, in a ring whose length is a power of two; none while no record is open, as in most partitions. */
    private long[] offsets = NO_OFFSETS;

    private boolean[] durable = NONE_DURABLE;
    private long head;
    private long tail;
    private long position = -1;
    private long first = -1;
    private final TopicPartition partition;
    private final Grant grant;
    private final long lastDone;
    private final AtomicLong floor = new AtomicLong(-1);
    private final Progress apart = new Progress();
    private final Map<Integer, Long> steps = new ConcurrentHashMap<>();
    private volatile boolean revoked;

    PartitionOffsets(TopicPartition partition, Grant grant) {
        this.partition = partition;
        this.grant = grant;
        this.lastDone = grant.progress().last();
    }

    public TopicPartition partition() {
        return partition;
    }

    public Grant grant() {
        return grant;
    }

    /**
     * Whether a change was durable before the partition became ours.
     *
     * @param rest the number of changes that its record has after it
     */
    public boolean wasDone(long offset, int rest) {
        return offset <= lastDone && grant.progress().contains(offset, rest);
    }

    /**
     * Notes a change that was delivered and returns its number. Only with the last one its record is done; those before
     * it count for the record before.
     *
     * @param rest the number of changes that its record has after it
     */
    public long begin(long offset, int rest) {
        if (first < 0) {
            first = offset;
            floor.lazySet(offset);
        }
        return begin(rest == 0 ? offset : offset - 1);
    }

    private long begin(long offset) {
        if (tail - head == offsets.length) {
            grow();
        }
        int slot = slot(tail);
        offsets[slot] = offset;
        durable[slot] = false;
        return tail++;
    }

    /**
     * Notes that the record of that number is durable. Once the partition is taken away that says nothing: what is dropped
     * from queues is done with as well.
     */
    public void complete(long number) {
        if (revoked) {
            return;
        }
        if (number < head || number >= tail) {
            throw new IllegalArgumentException("record " + number + " is not open: " + head + " to " + tail);
        }
        durable[slot(number)] = true;
        if (number == head) {
            while (head < tail && durable[slot(head)]) {
                position = offsets[slot(head)] + 1;
                head++;
            }
            if (position > floor.get()) {
                floor.lazySet(position);
            }
            if (head == tail) {
                offsets = NO_OFFSETS;
                durable = NONE_DURABLE;
            }
        }
    }

    /**
     * Notes a change that is done with and that no lane had. Lanes have to say so with whatever they write of the
     * partition from now on: were it done once more, it could undo what came after it.
     */
    public void completeApart(long offset, int rest) {
        synchronized (apart) {
            apart.reach(floor());
            apart.add(offset, rest);
        }
    }

    /** Adds what no lane had, as far as it is not before the floor. */
    public void addApart(Progress progress) {
        synchronized (apart) {
            apart.reach(floor());
            progress.addAll(apart);
        }
    }

    /** Notes that a lane has committed that many steps. */
    public void stepped(int lane, long step) {
        steps.put(lane, step);
    }

    /** How many steps each lane has committed, where it has committed any. */
    public Map<Integer, Long> steps() {
        return Map.copyOf(steps);
    }

    /** An offset before which all is durable, and that may be behind what is known elsewhere; negative before the first. */
    public long floor() {
        return floor.get();
    }

    /**
     * The first offset that was delivered while the partition was ours, negative before that. Of what came before it somebody
     * else took care; of itself and all that follows the ledger may know nothing, if it has lost what it knew.
     */
    public long first() {
        return first;
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

    /** Takes the partition away. */
    public void revoke() {
        revoked = true;
    }

    private int slot(long number) {
        return (int) (number & (offsets.length - 1));
    }

    private void grow() {
        int length = Math.max(FIRST_CAPACITY, offsets.length * 2);
        long[] moreOffsets = new long[length];
        boolean[] moreDurable = new boolean[length];
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
