package io.sluice.table;

import io.sluice.record.Field;
import io.sluice.record.RowShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Which fields of a shape go into a table, the key first.
 *
 * @param entries the fields and their columns
 * @param keyCount how many of them, from the first, are the key
 */
public record RowLayout(List<Entry> entries, int keyCount) {

    /**
     * One field on its way to its column.
     *
     * @param column the column's name
     * @param index the field's index in the shape
     * @param field the field
     */
    public record Entry(String column, int index, Field field) {}

    public RowLayout {
        entries = List.copyOf(entries);
    }

    /** The layout of a shape whose fields say by themselves what the key is. */
    static RowLayout ofRoles(RowShape shape) {
        return keyFirst(entries(shape, Field.Role.KEY), entries(shape, Field.Role.VALUE));
    }

    /** Joins key and other entries; a column that is among the key is not written twice. */
    static RowLayout keyFirst(List<Entry> key, List<Entry> others) {
        List<Entry> all = new ArrayList<>(key);
        for (Entry other : others) {
            if (key.stream().noneMatch(entry -> entry.column().equals(other.column()))) {
                all.add(other);
            }
        }
        return new RowLayout(all, key.size());
    }

    static List<Entry> entries(RowShape shape, Field.Role role) {
        List<Entry> entries = new ArrayList<>();
        List<Field> fields = shape.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).role() == role) {
                entries.add(new Entry(fields.get(i).name(), i, fields.get(i)));
            }
        }
        return entries;
    }

    public List<Entry> key() {
        return entries.subList(0, keyCount);
    }

    public List<String> keyColumns() {
        return key().stream().map(Entry::column).toList();
    }
}
