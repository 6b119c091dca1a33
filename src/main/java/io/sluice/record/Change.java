package io.sluice.record;

import java.util.Objects;
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

    /** What a record asks for that cannot be read: it holds nothing, and is never written. */
    public static Change unreadable(Origin origin) {
        return new Change(Operation.WRITE, RowShape.NOTHING, new @Nullable Object[0], origin);
    }

    Change(Operation operation, RowShape shape, @Nullable Object[] values, Origin origin) {
        this.operation = operation;
        this.shape = shape;
        this.values = values;
        this.origin = origin;
        this.bytes = HEADER_BYTES + shape.bytes(values);
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

    /** Whether both are of one row, by the fields that are a key in both. */
    boolean hasKeyOf(Change other) {
        for (int i = 0; i < values.length; i++) {
            Field field = shape.fields().get(i);
            if (field.role() == Field.Role.KEY) {
                int index = other.shape.indexOf(field.name());
                if (index < 0 || !Objects.deepEquals(values[i], other.values[index])) {
                    return false;
                }
            }
        }
        return true;
    }

    public Origin origin() {
        return origin;
    }

    /** The memory that this change holds, in bytes, estimated. */
    public long bytes() {
        return bytes;
    }
}
