package io.sluice.record;

import io.sluice.config.KeyConfig;
import io.sluice.config.KeyMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the shapes of a record's key and value to the shape of its row, once for each pair of instances.
 *
 * <p>Belongs to the task thread.
 */
final class ShapeCache {
    private final KeyMode mode;
    private final List<String> keyFields;
    private final boolean candidatesOnly;
    private final LruCache<Pair, RowShape> shapes = new LruCache<>(RowShape::heldBytes);
    private @Nullable Pair lastPair;
    private @Nullable RowShape lastShape;

    /**
     * @param candidatesOnly whether nothing of the value is in the row unless the table wants it as a part of the key
     */
    ShapeCache(KeyConfig config, boolean candidatesOnly) {
        this.candidatesOnly = candidatesOnly;
        this.mode = config.mode();
        this.keyFields = config.fields();
    }

    /**
     * The shape of a row from these two parts.
     *
     * @throws RecordException where a key field is missing
     */
    RowShape join(ColumnNames names, PartShape key, PartShape value) {
        if (lastShape != null && lastPair != null && lastPair.is(names, key, value)) {
            return lastShape;
        }
        Pair pair = new Pair(names, key, value);
        RowShape shape = shapes.get(pair);
        if (shape == null) {
            shape = describe(names, key, value);
            shapes.put(pair, shape);
        }
        lastPair = pair;
        lastShape = shape;
        return shape;
    }

    private RowShape describe(ColumnNames names, PartShape key, PartShape value) {
        requireKeyFields(key, value);
        List<Field> fields = new ArrayList<>();
        List<Integer> sources = new ArrayList<>();
        Set<String> keyColumns = new HashSet<>();
        for (int i = 0; i < key.fields().size(); i++) {
            Field field = key.fields().get(i);
            if (selects(field)) {
                Field column = field.named(names.column(field.name()));
                requireDistinct(keyColumns, column);
                fields.add(column);
                sources.add(~i);
            }
        }
        Set<String> valueColumns = new HashSet<>();
        for (int i = 0; i < value.fields().size(); i++) {
            Field field = valueField(names, value.fields().get(i));
            Field column = field.named(names.column(field.name()));
            if (mode == KeyMode.AUTO || !keyColumns.contains(column.name())) {
                requireDistinct(valueColumns, column);
                fields.add(column);
                sources.add(i);
            }
        }
        return new RowShape(
                fields, key, value, sources.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Whether a field of the record key belongs to the row. */
    private boolean selects(Field field) {
        return mode != KeyMode.RECORD_KEY || keyFields.isEmpty() || keyFields.contains(field.name());
    }

    /** A field of the value in its role: the configuration may make it a key, or leave it out but for the key. */
    private Field valueField(ColumnNames names, Field field) {
        if (mode == KeyMode.RECORD_VALUE && (keyFields.isEmpty() || keyFields.contains(field.name()))) {
            boolean document = field.role() == Field.Role.VALUE_CANDIDATE;
            return document && keyFields.isEmpty() ? field : field.withRole(Field.Role.KEY);
        }
        return names.takes(field.name()) && !candidatesOnly ? field : field.withRole(Field.Role.VALUE_CANDIDATE);
    }

    /** Renaming and folding may make one name of two, and a row has one value for a column. */
    private static void requireDistinct(Set<String> seen, Field column) {
        if (column.role() != Field.Role.VALUE_CANDIDATE && !seen.add(column.name())) {
            throw new RecordException(
                    "two fields of the record become the column \"" + column.name() + "\"",
                    "Correct fields.rename, or set quote.sql.identifiers=ALWAYS to tell upper from lower case");
        }
    }

    private void requireKeyFields(PartShape key, PartShape value) {
        PartShape holder = switch (mode) {
            case RECORD_KEY -> key;
            case RECORD_VALUE -> value;
            case AUTO, NONE, KAFKA, RECORD_HEADER -> PartShape.EMPTY;
        };
        if (holder == PartShape.EMPTY) {
            return;
        }
        for (String name : keyFields) {
            if (holder.fields().stream().noneMatch(field -> field.name().equals(name))) {
                throw new RecordException(
                        "the record's " + (mode == KeyMode.RECORD_KEY ? "key" : "value") + " has no field \"" + name
                                + "\", which pk.fields names as a part of the key",
                        "Correct pk.fields, or produce the field with every record");
            }
        }
    }

    private record Pair(ColumnNames names, PartShape key, PartShape value) {
        boolean is(ColumnNames otherNames, PartShape otherKey, PartShape otherValue) {
            return key == otherKey && value == otherValue && names == otherNames;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair pair && is(pair.names, pair.key, pair.value);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * System.identityHashCode(key) + System.identityHashCode(value))
                    + System.identityHashCode(names);
        }
    }
}
