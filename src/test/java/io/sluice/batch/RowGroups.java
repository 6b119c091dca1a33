package io.sluice.batch;

import io.sluice.type.RowBuffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Groups of rows that nothing had to be encoded for. */
public final class RowGroups {
    private RowGroups() {}

    /**
     * Rows without a key.
     *
     * @param types the types of their columns
     * @param rows in the layout of binary COPY, without what comes before and after them
     */
    public static RowGroup of(List<String> types, byte[] rows) {
        List<WireColumn> columns = IntStream.range(0, types.size())
                .mapToObj(i -> new WireColumn(
                        "c" + i, types.get(i), types.get(i), types.get(i), "pg_catalog", false, false, true))
                .toList();
        RowBuffer buffer = new RowBuffer(16);
        RowGroup group = new RowGroup(new ColumnSet(columns, 0, List.of(), Optional.empty()), buffer);
        ByteBuffer in = ByteBuffer.wrap(rows);
        while (in.hasRemaining()) {
            int start = in.position();
            int fields = in.getShort();
            for (int i = 0; i < fields; i++) {
                in.position(in.position() + Integer.BYTES + Math.max(0, in.getInt(in.position())));
            }
            group.append(buffer.length(), buffer.length(), 0);
            buffer.write(rows, start, in.position() - start);
        }
        return group;
    }

    /**
     * Rows that are nothing but keys; the number of each in the batch is its place here.
     *
     * @param types the types of the key's columns
     * @param exact whether two keys are equal to PostgreSQL just when their bytes are
     * @param keys the fields of each key in binary form
     */
    static RowGroup ofKeys(List<String> types, boolean exact, List<List<byte[]>> keys) {
        List<WireColumn> columns = IntStream.range(0, types.size())
                .mapToObj(i -> new WireColumn(
                        "c" + i, types.get(i), types.get(i), types.get(i), "pg_catalog", false, exact, true))
                .toList();
        RowBuffer buffer = new RowBuffer(16);
        RowGroup group = new RowGroup(new ColumnSet(columns, types.size(), List.of(), Optional.empty()), buffer);
        for (int number = 0; number < keys.size(); number++) {
            int start = buffer.length();
            buffer.startRow(types.size());
            for (byte[] field : keys.get(number)) {
                buffer.bytesField(field, 0, field.length);
            }
            group.append(start, buffer.length(), number);
        }
        return group;
    }

    /** Leaves rows out of what is sent. */
    public static void drop(RowGroup group, int... rows) {
        for (int row : rows) {
            group.drop(row);
        }
    }
}
