package io.sluice.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the last change of a key within a batch, by the key's encoded bytes. An open-addressing table of row numbers:
 * it allocates nothing per row, since every row of every batch goes through it.
 *
 * <p>For each key it knows the group, row and round of its last change, and the last round in which the key is deleted.
 * Belongs to one lane.
 */
final class KeyIndex {
    static final int NONE = -1;

    private static final int FIRST_SLOTS = 256;
    /** With fewer entries than one in so many slots, it takes less time to empty their slots than to empty all. */
    private static final int SPARSE = 16;

    /** Entry numbers plus one; zero is an empty slot. Never more than half full. */
    private int[] slots = new int[FIRST_SLOTS];

    private int entries;
    private int[] hashes = new int[FIRST_SLOTS / 2];
    private @Nullable RowGroup[] groups = new @Nullable RowGroup[FIRST_SLOTS / 2];
    private int[] rows = new int[FIRST_SLOTS / 2];
    private int[] rounds = new int[FIRST_SLOTS / 2];
    private int[] deleteRounds = new int[FIRST_SLOTS / 2];
    /** The hash of the key that was last looked for, and the empty slot where the search ended. */
    private int soughtHash;

    private int emptySlot;

    /** The entry of the row's key, or {@link #NONE}. */
    int find(RowGroup group, int row) {
        byte[] bytes = group.buffer().array();
        int from = group.keyStart(row);
        int to = group.keyEnd(row);
        int hash = group.buffer().hash(from, to);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int entry = slots[slot] - 1;
            if (hashes[entry] == hash && sameKey(entry, bytes, from, to)) {
                return entry;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        soughtHash = hash;
        emptySlot = slot;
        return NONE;
    }

    /** Adds the key that {@link #find} was just asked for and did not find. */
    void add(RowGroup group, int row, int round, int deleteRound) {
        if (entries == hashes.length) {
            grow();
            emptySlot = emptySlot(soughtHash);
        }
        hashes[entries] = soughtHash;
        slots[emptySlot] = entries + 1;
        set(entries, group, row, round, deleteRound);
        entries++;
    }

    void set(int entry, RowGroup group, int row, int round, int deleteRound) {
        groups[entry] = group;
        rows[entry] = row;
        rounds[entry] = round;
        deleteRounds[entry] = deleteRound;
    }

    RowGroup group(int entry) {
        RowGroup group = groups[entry];
        if (group == null) {
            throw new IllegalStateException("entry " + entry + " has no group");
        }
        return group;
    }

    int row(int entry) {
        return rows[entry];
    }

    int round(int entry) {
        return rounds[entry];
    }

    /** The last round that deletes the key, or {@link #NONE}. */
    int deleteRound(int entry) {
        return deleteRounds[entry];
    }

    void clear() {
        if (entries < slots.length / SPARSE) {
            for (int entry = 0; entry < entries; entry++) {
                slots[slot(entry)] = 0;
            }
        } else {
            Arrays.fill(slots, 0);
        }
        Arrays.fill(groups, 0, entries, null);
        entries = 0;
    }

    private boolean sameKey(int entry, byte[] bytes, int from, int to) {
        RowGroup group = group(entry);
        int row = rows[entry];
        return Arrays.equals(group.buffer().array(), group.keyStart(row), group.keyEnd(row), bytes, from, to);
    }

    /** Where an entry is. */
    private int slot(int entry) {
        int slot = hashes[entry] & (slots.length - 1);
        while (slots[slot] != entry + 1) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** Where an entry of that hash may go. */
    private int emptySlot(int hash) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        int capacity = hashes.length * 2;
        hashes = Arrays.copyOf(hashes, capacity);
        groups = Arrays.copyOf(groups, capacity);
        rows = Arrays.copyOf(rows, capacity);
        rounds = Arrays.copyOf(rounds, capacity);
        deleteRounds = Arrays.copyOf(deleteRounds, capacity);
        slots = new int[capacity * 2];
        for (int entry = 0; entry < entries; entry++) {
            slots[emptySlot(hashes[entry])] = entry + 1;
        }
    }
}
