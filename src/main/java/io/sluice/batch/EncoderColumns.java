package io.sluice.batch;

import io.sluice.record.LruCache;
import io.sluice.record.RecordException;
import io.sluice.table.Column;
import io.sluice.type.ColumnBinding;
import io.sluice.type.ColumnCodec;
import io.sluice.type.CommonForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The columns of an encoder while they are put together. */
final class EncoderColumns {
    private final int keyCount;
    private final List<WireColumn> columns = new ArrayList<>();
    private final List<ColumnCodec> codecs = new ArrayList<>();
    private final List<Integer> fields = new ArrayList<>();
    private final Map<Integer, CommonForm> forms = new LinkedHashMap<>();
    private final List<String> kept = new ArrayList<>();
    private Optional<Integer> version = Optional.empty();

    EncoderColumns(int keyCount) {
        this.keyCount = keyCount;
    }

    /** A column that takes the shape's field of that index. */
    void add(Column column, ColumnBinding binding, int field) {
        columns.add(new WireColumn(
                column.name(),
                binding.wireType(),
                column.type().qualifiedName(),
                column.type().comparedName(),
                column.type().operators(),
                binding.cast(),
                binding.exact(),
                column.generation() != Column.Generation.IDENTITY_ALWAYS));
        codecs.add(binding.codec());
        fields.add(field);
    }

    /** Values of the column that was added last need no cast where they have this form. */
    void commonly(CommonForm form) {
        forms.put(columns.size() - 1, form);
    }

    /** A column that gets NULL in every row. */
    void addNull(Column column, ColumnBinding binding) {
        add(column, binding, RowEncoder.NO_FIELD);
    }

    boolean has(Column column) {
        return index(column.name()) >= 0;
    }

    /** Leaves a column to the row that is there. */
    void keep(Column column) {
        kept.add(column.name());
    }

    /**
     * Says which column tells newer rows from older ones.
     *
     * @throws RecordException where it is not among the columns that are no key
     */
    void version(String column) {
        int index = index(column);
        if (index < keyCount) {
            throw new RecordException(
                    index < 0
                            ? "the record has no field for column \"" + column + "\", which version.column names"
                            : "column \"" + column + "\", which version.column names, is a part of the key",
                    "Correct version.column, or produce the field with every record");
        }
        version = Optional.of(index);
    }

    private int index(String name) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equals(name))
                .findFirst()
                .orElse(-1);
    }

    /**
     * The encoder.
     *
     * @param known column sets that other encoders of the table have; an equal one is used again
     * @param requiredKeys how many columns, from the first, must not be null
     * @throws RecordException where there is no column
     */
    RowEncoder encoder(LruCache<ColumnSet, ColumnSet> known, int requiredKeys) {
        if (columns.isEmpty()) {
            throw new RecordException(
                    "the record has no field that the table has a column for", "Produce fields, or drop the record");
        }
        return encoder(columns, codecs, known, requiredKeys);
    }

    /** The encoder of rows whose values have their columns' common forms; empty where no column has one. */
    Optional<CommonRows> commonRows(LruCache<ColumnSet, ColumnSet> known, int requiredKeys) {
        if (forms.isEmpty()) {
            return Optional.empty();
        }
        List<WireColumn> wire = new ArrayList<>(columns);
        List<ColumnCodec> direct = new ArrayList<>(codecs);
        Map<Integer, Predicate<Object>> conditions = new LinkedHashMap<>();
        forms.forEach((index, form) -> {
            wire.set(index, columns.get(index).uncast(form.wireType()));
            direct.set(index, form.codec());
            conditions.put(fields.get(index), form.takes());
        });
        return Optional.of(CommonRows.of(conditions, encoder(wire, direct, known, requiredKeys)));
    }

    private RowEncoder encoder(
            List<WireColumn> wire, List<ColumnCodec> writers, LruCache<ColumnSet, ColumnSet> known, int requiredKeys) {
        ColumnSet set = known.computeIfAbsent(new ColumnSet(wire, keyCount, kept, version), key -> key);
        int[] sources = fields.stream().mapToInt(Integer::intValue).toArray();
        return new RowEncoder(set, sources, writers, requiredKeys);
    }
}
