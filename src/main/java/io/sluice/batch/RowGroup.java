package io.sluice.batch;

import io.sluice.type.RowBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Encoded rows of one table that one statement writes or deletes. Belongs to one lane. */
public final class RowGroup {
    private static final int FIRST_ROWS = 64;

    private final RowBuffer buffer;
    private ColumnSet columns;
    private boolean exactKey;
    private @Nullable ColumnSet lastCompared;
    private boolean lastCovered;
    private int[] starts = new int[FIRST_ROWS];
    private int[] keyEnds = new int[FIRST_ROWS];
    /** For each row the number that its change has in the batch. */
    private int[] records = new int[FIRST_ROWS];

    private int rows;
    private final BitSet dropped = new BitSet();
    /** The rows that are to be sent, where that is not the order in which they came. */
    private int @Nullable [] order;

    RowGroup(ColumnSet columns, RowBuffer buffer) {
        this.columns = columns;
        this.buffer = buffer;
        this.exactKey = columns.hasExactKey();
    }

    /** Starts over with rows of these columns. */
    void clear(ColumnSet next) {
        if (!next.equals(columns)) {
            exactKey = next.hasExactKey();
            lastCompared = null;
        }
        columns = next;
        buffer.clear();
        rows = 0;
        dropped.clear();
        order = null;
    }

    /** The memory that it holds. */
    long heldBytes() {
        return buffer.capacity() + (long) Integer.BYTES * (starts.length + keyEnds.length + records.length);
    }

    /** Takes encoded bytes, in runs. */
    @FunctionalInterface
    public interface RowSink<E extends Exception> {
        void write(byte[] bytes, int offset, int count) throws E;
    }

    public ColumnSet columns() {
        return columns;
    }

    /** Whether PostgreSQL holds two keys of rows for equal just when their bytes are. */
    boolean hasExactKey() {
        return exactKey;
    }

    /** Whether a row leaves nothing of a row of those columns. */
    boolean covers(ColumnSet those) {
        if (!those.equals(lastCompared)) {
            lastCompared = those;
            lastCovered = columns.covers(those);
        }
        return lastCovered;
    }

    /** Whether it has no row at all, not even one that is left out. */
    boolean isEmpty() {
        return rows == 0;
    }

    /** Rows that are to be sent. */
    public int rows() {
        return rows - dropped.cardinality();
    }

    /** Encoded bytes, with those of rows that are not to be sent. */
    public int bytes() {
        return buffer.length();
    }

    /** What the rows are encoded in. */
    public byte[] array() {
        return buffer.array();
    }

    /**
     * Has the rows sent in the order of their keys or, as they are without this, in that in which they came, after the last one
     * was added. They stay as they came where PostgreSQL may find keys equal that are not equal here, since of those the
     * later one counts.
     */
    public void sortByKey(boolean sorted) {
        order = null;
        if (sorted && exactKey && columns.keyCount() > 0) {
            order = KeyOrder.of(this, sent());
        }
    }

    /** Where the rows that are to be sent start in {@link #array()}, in their order. */
    public int[] starts() {
        return Arrays.stream(sent()).map(row -> starts[row]).toArray();
    }

    /** Hands over the rows that are to be sent, in their order and in few runs. */
    public <E extends Exception> void writeTo(RowSink<E> sink) throws E {
        Runs<E> runs = new Runs<>(buffer.array(), buffer.length(), sink);
        for (int row : sent()) {
            runs.add(starts[row], end(row));
        }
        runs.end();
    }

    RowBuffer buffer() {
        return buffer;
    }

    /** The number in the batch of the change that has given the row at a place, from 0, among those that are sent. */
    OptionalInt record(int place) {
        int[] sent = sent();
        return place < sent.length ? OptionalInt.of(records[sent[place]]) : OptionalInt.empty();
    }

    /** The rows that are to be sent, in their order. */
    private int[] sent() {
        if (order != null) {
            return order;
        }
        int[] sent = new int[rows()];
        int row = dropped.nextClearBit(0);
        for (int i = 0; i < sent.length; i++) {
            sent[i] = row;
            row = dropped.nextClearBit(row + 1);
        }
        return sent;
    }

    /** Notes the row that was just encoded from {@code start} on for a change, and returns its index. */
    int append(int start, int keyEnd, int record) {
        if (rows == starts.length) {
            starts = Arrays.copyOf(starts, rows * 2);
            keyEnds = Arrays.copyOf(keyEnds, rows * 2);
            records = Arrays.copyOf(records, rows * 2);
        }
        starts[rows] = start;
        keyEnds[rows] = keyEnd;
        records[rows] = record;
        return rows++;
    }

    /** Moves the last row to another group and returns its index there. */
    int moveLast(RowGroup other) {
        int row = --rows;
        int start = starts[row];
        int to = other.buffer.length();
        other.buffer.write(buffer.array(), start, buffer.length() - start);
        buffer.truncate(start);
        return other.append(to, to + keyEnds[row] - start, records[row]);
    }

    /** Takes back the last row. */
    void removeLast() {
        buffer.truncate(starts[--rows]);
    }

    /** Leaves a row out, because a later one of the same key replaces it. */
    void drop(int row) {
        dropped.set(row);
    }

    /** Where the key of a row starts: after the number of its fields. */
    int keyStart(int row) {
        return starts[row] + Short.BYTES;
    }

    int keyEnd(int row) {
        return keyEnds[row];
    }

    /** The encoded size of a row in bytes. */
    int size(int row) {
        return end(row) - starts[row];
    }

    private int end(int row) {
        return row + 1 < rows ? starts[row + 1] : buffer.length();
    }
}
