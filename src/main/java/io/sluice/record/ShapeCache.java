package io.sluice.record;

import io.sluice.config.KeyMode;
import io.sluice.config.RecordConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the shapes of a record's key and value to the shape of its row, once for each pair of instances.
 *
 * <p>Belongs to the task thread; starts over when it has grown too large.
 */
final class ShapeCache {
    private static final int MOST_SHAPES = 50_000;

    private final KeyMode mode;
    private final List<String> keyFields;
    private final Map<Pair, RowShape> shapes = new HashMap<>();
    private @Nullable Pair lastPair;
    private @Nullable RowShape lastShape;

    ShapeCache(RecordConfig config) {
        this.mode = config.keys().mode();
        this.keyFields = config.keys().fields();
    }

    /**
     * The shape of a row from these two parts.
     *
     * @throws RecordException where a key field is missing
     */
    RowShape join(PartShape key, PartShape value) {
        if (lastShape != null && lastPair != null && lastPair.key == key && lastPair.value == value) {
            return lastShape;
        }
        Pair pair = new Pair(key, value);
        RowShape shape = shapes.get(pair);
        if (shape == null) {
            if (shapes.size() >= MOST_SHAPES) {
                shapes.clear();
            }
            shape = describe(key, value);
            shapes.put(pair, shape);
        }
        lastPair = pair;
        lastShape = shape;
        return shape;
    }

    private RowShape describe(PartShape key, PartShape value) {
        List<Field> fields = new ArrayList<>();
        List<Integer> sources = new ArrayList<>();
        Set<String> keyNames = new HashSet<>();
        List<Field> keyPart = key.fields();
        requireKeyFields(key, value);
        for (int i = 0; i < keyPart.size(); i++) {
            Field field = keyPart.get(i);
            if (selects(field)) {
                fields.add(field);
                sources.add(~i);
                keyNames.add(field.name());
            }
        }
        List<Field> valuePart = value.fields();
        for (int i = 0; i < valuePart.size(); i++) {
            Field field = valuePart.get(i);
            if (mode == KeyMode.AUTO || !keyNames.contains(field.name())) {
                fields.add(isValueKey(field) ? field.withRole(Field.Role.KEY) : field);
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

    private boolean isValueKey(Field field) {
        return mode == KeyMode.RECORD_VALUE && (keyFields.isEmpty() || keyFields.contains(field.name()));
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

    private record Pair(PartShape key, PartShape value) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair pair && pair.key == key && pair.value == value;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(key) + System.identityHashCode(value);
        }
    }
}
