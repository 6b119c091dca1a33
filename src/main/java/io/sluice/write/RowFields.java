package io.sluice.write;

import io.sluice.batch.RowGroup;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The fields of a group's rows, to be taken one after the other. Fields and the elements of PostgreSQL's binary arrays have the same
 * layout: an int32 length, -1 for NULL, and the bytes. Source: {@code array_recv} in
 * src/backend/utils/adt/arrayfuncs.c, and PostgreSQL's documentation of COPY, "Binary Format".
 */
final class RowFields {
    private static final int HEADER_BYTES = 5 * Integer.BYTES;
    private static final int NULL = -1;

    private final byte[] bytes;
    private final ByteBuffer view;
    /** Where the next field of each row starts. */
    private final int[] next;

    RowFields(RowGroup group) {
        this.bytes = group.array();
        this.view = ByteBuffer.wrap(bytes);
        this.next = group.starts();
        for (int row = 0; row < next.length; row++) {
            next[row] += Short.BYTES;
        }
    }

    int rows() {
        return next.length;
    }

    /** The next column as an array in binary form. */
    byte[] nextArray(int elementOid) {
        int length = HEADER_BYTES;
        int nulls = 0;
        for (int position : next) {
            int count = view.getInt(position);
            nulls |= count == NULL ? 1 : 0;
            length = Math.addExact(length, size(count));
        }
        byte[] array = new byte[length];
        ByteBuffer.wrap(array)
                .putInt(1)
                .putInt(nulls)
                .putInt(elementOid)
                .putInt(next.length)
                .putInt(1);
        int to = HEADER_BYTES;
        for (int row = 0; row < next.length; row++) {
            int size = size(view.getInt(next[row]));
            System.arraycopy(bytes, next[row], array, to, size);
            next[row] += size;
            to += size;
        }
        return array;
    }

    /** Binds the next field of a row as a parameter of that type, which is the field's. */
    void bindNext(int row, PreparedStatement statement, int index, String type) throws SQLException {
        int position = next[row];
        int count = view.getInt(position);
        if (count == NULL) {
            BinaryParameter.bindNull(statement, index, type);
        } else {
            BinaryParameter.bind(statement, index, type, bytes, position + Integer.BYTES, count);
        }
        next[row] += size(count);
    }

    /** What a field takes, its length included. */
    private static int size(int count) {
        return Integer.BYTES + Math.max(0, count);
    }
}
