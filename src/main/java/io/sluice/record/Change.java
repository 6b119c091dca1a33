package io.sluice.record;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one record asks for. Compared by identity: two records may well ask for the same.
 *
 * <p>The values are the record's own objects, in the order of the shape's fields; null is SQL NULL. Nothing may change
 * them any more.
 */
public final class Change {
    /** What happens to the row. */
    public enum Operation {
        WRITE,
        DELETE,
        /** All rows of the table go. */
        TRUNCATE
    }

    private static final int HEADER_BYTES = 120;

    private final Operation operation;
    private final RowShape shape;
    private final @Nullable Object[] values;
    private final Origin origin;
    private final long bytes;
    /** Of an update that is to be looked at again once its table's key is known. */
    private final @Nullable Move move;

    /** What a record asks for that cannot be read: it holds nothing, and is never written. */
    public static Change unreadable(Origin origin) {
        return new Change(Operation.WRITE, RowShape.NOTHING, new @Nullable Object[0], origin);
    }

    Change(Operation operation, RowShape shape, @Nullable Object[] values, Origin origin) {
        this(operation, shape, values, origin, HEADER_BYTES + shape.bytes(values), null);
    }

    private Change(
            Operation operation,
            RowShape shape,
            @Nullable Object[] values,
            Origin origin,
            long bytes,
            @Nullable Move move) {
        this.operation = operation;
        this.shape = shape;
        this.values = values;
        this.origin = origin;
        this.bytes = bytes;
        this.move = move;
    }

    /** The same change, as one half of an update that may turn out to give its row another key. */
    Change halfOf(Move update) {
        return new Change(operation, shape, values, origin, bytes, update);
    }

    /** The same change with these fields only. It counts for as many bytes. */
    Change only(BitSet fields, PartialShapes shapes) {
        BitSet others = new BitSet();
        others.set(0, values.length);
        others.andNot(fields);
        @Nullable Object[] left = new @Nullable Object[fields.cardinality()];
        int count = 0;
        for (int i = fields.nextSetBit(0); i >= 0; i = fields.nextSetBit(i + 1)) {
            left[count++] = values[i];
        }
        return new Change(operation, shapes.of(shape, others), left, origin, bytes, null);
    }

    /** Whether {@link #settled} has to be asked once the table's key is known. */
    public boolean isOpen() {
        return move != null;
    }

    /**
     * What is left of the change now that the table's key is known; empty where it is a deletion and the row keeps its key.
     *
     * @param key names of the key's columns
     * @throws RecordException where it is a write, and the row must not move
     */
    public Optional<Change> settled(List<String> key) {
        if (move == null) {
            return Optional.of(this);
        }
        if (operation == Operation.DELETE) {
            return move.isRefused(key) ? Optional.empty() : move.deletion(key);
        }
        move.deletion(key);
        return Optional.of(new Change(operation, shape, values, origin, bytes, null));
    }

    public Operation operation() {
        return operation;
    }

    public RowShape shape() {
        return shape;
    }

    /** The value of the shape's field at {@code index}. */
    public @Nullable Object value(int index) {
        return values[index];
    }

    public Origin origin() {
        return origin;
    }

    /** The memory that this change holds, in bytes, estimated. */
    public long bytes() {
        return bytes;
    }
}
