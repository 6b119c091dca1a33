package io.sluice.record;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shapes of maps without schema, found by walking a tree whose branches are the entries' names and kinds. One look-up
 * per entry, and nothing is sorted or allocated once a shape is known. Maps that differ only in the order of their
 * entries end at different leaves and share one shape, whose fields are sorted by name.
 *
 * <p>Belongs to the task thread; starts over when the tree has grown too large.
 */
final class MapShapes {
    private static final int MOST_NODES = 50_000;

    private final Field.Role role;
    private final EpochFields epochs;
    private Node root = new Node();
    private int nodes;
    private final Map<List<Field>, PartShape> shapes = new HashMap<>();

    MapShapes(Field.Role role, EpochFields epochs) {
        this.role = role;
        this.epochs = epochs;
    }

    PartShape shapeOf(Map<?, ?> map) {
        Node node = root;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            node = next(node, entry);
        }
        PartShape shape = node.shape;
        if (shape == null) {
            shape = describe(map);
            node.shape = shape;
        }
        return shape;
    }

    private Node next(Node node, Map.Entry<?, ?> entry) {
        if (!(entry.getKey() instanceof String name)) {
            throw new RecordException(
                    "a map has an entry whose name is not text", "Use a converter that names fields with strings");
        }
        return node.next
                .computeIfAbsent(name, key -> new EnumMap<>(FieldType.Scalar.class))
                .computeIfAbsent(FieldTypes.ofValue(name, entry.getValue()), key -> {
                    nodes++;
                    return new Node();
                });
    }

    private PartShape describe(Map<?, ?> map) {
        if (nodes > MOST_NODES) {
            root = new Node();
            nodes = 0;
            shapes.clear();
        }
        Map<String, Field> sorted = new TreeMap<>();
        map.forEach((key, value) -> {
            String name = (String) key;
            requireName(name);
            FieldType type = epochs.typeOf(name, FieldTypes.ofValue(name, value));
            sorted.put(name, new Field(name, type, false, role));
        });
        return shapes.computeIfAbsent(new ArrayList<>(sorted.values()), PartShape.OfMap::new);
    }

    /** In a key a field without a name would be taken for a key that is no map. */
    private void requireName(String name) {
        if (name.isEmpty() && role != Field.Role.VALUE) {
            throw new RecordException(
                    "the record's key has a field with an empty name, which is no name in SQL",
                    "Name it in the producer or with a transformation");
        }
    }

    private static final class Node {
        private final Map<String, EnumMap<FieldType.Scalar, Node>> next = new HashMap<>();
        private @Nullable PartShape shape;
    }
}
