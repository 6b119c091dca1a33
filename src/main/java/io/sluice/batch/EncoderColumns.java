package io.sluice.batch;

import io.sluice.record.RecordException;
import io.sluice.table.Column;
import io.sluice.type.ColumnBinding;
import io.sluice.type.ColumnCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The columns of an encoder while they are put together. */
final class EncoderColumns {
    private final int keyCount;
    private final List<WireColumn> columns = new ArrayList<>();
    private final List<ColumnCodec> codecs = new ArrayList<>();
    private final List<Integer> fields = new ArrayList<>();

    EncoderColumns(int keyCount) {
        this.keyCount = keyCount;
    }

    /** A column that takes the shape's field of that index. */
    void add(Column column, ColumnBinding binding, int field) {
        String cast = binding.cast() ? column.type().sqlName() : "";
        columns.add(new WireColumn(column.name(), binding.wireType(), cast, binding.exact()));
        codecs.add(binding.codec());
        fields.add(field);
    }

    /** A column that gets NULL in every row. */
    void addNull(Column column, ColumnBinding binding) {
        add(column, binding, RowEncoder.NO_FIELD);
    }

    boolean has(Column column) {
        return columns.stream().anyMatch(known -> known.name().equals(column.name()));
    }

    /**
     * The encoder.
     *
     * @param known column sets that other encoders of the table have; an equal one is used again
     * @param requiredKeys how many columns, from the first, must not be null
     * @throws RecordException where there is no column
     */
    RowEncoder encoder(Map<ColumnSet, ColumnSet> known, int requiredKeys) {
        if (columns.isEmpty()) {
            throw new RecordException(
                    "the record has no field that the table has a column for", "Produce fields, or drop the record");
        }
        ColumnSet set = known.computeIfAbsent(new ColumnSet(columns, keyCount), key -> key);
        int[] sources = fields.stream().mapToInt(Integer::intValue).toArray();
        return new RowEncoder(set, sources, codecs, requiredKeys);
    }
}
