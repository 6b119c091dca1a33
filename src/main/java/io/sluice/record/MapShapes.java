package io.sluice.record;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Shapes of maps without schema, found by walking a tree whose branches are the entries' names and kinds. One look-up
 * per entry, and nothing is sorted or allocated once a shape is known. Maps that differ only in the order of their
 * entries end at different leaves and share one shape, whose fields are sorted by name.
 *
 * <p>Belongs to the task thread. The tree is only the quick way to the shapes, and starts over when it has grown too large.
 */
final class MapShapes {
    /** All of a map's entries can matter. */
    static final Predicate<String> ALL = name -> true;

    private static final long MAX_TREE_BYTES =
            Math.min(16 << 20, Runtime.getRuntime().maxMemory() / 128);
    private static final long NODE_BYTES = 400;

    private final Field.Role role;
    private final EpochFields epochs;
    private Node root = new Node();
    private long treeBytes;
    private final LruCache<List<Field>, PartShape> shapes = new LruCache<>(PartShape::heldBytes);

    MapShapes(Field.Role role, EpochFields epochs) {
        this.role = role;
        this.epochs = epochs;
    }

    /**
     * The shape of a map.
     *
     * @param needed the entries that can matter; others are no part of the shape, or each new name would make another one
     */
    PartShape shapeOf(Map<?, ?> map, Predicate<String> needed) {
        if (treeBytes > MAX_TREE_BYTES) {
            root = new Node();
            treeBytes = 0;
        }
        Node node = root;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new RecordException(
                        "a map has an entry whose name is not text", "Use a converter that names fields with strings");
            }
            if (needed == ALL || needed.test(name)) {
                node = next(node, name, entry.getValue());
            }
        }
        PartShape shape = node.shape;
        if (shape == null) {
            shape = describe(map, needed);
            node.shape = shape;
            treeBytes += shape.heldBytes();
        }
        return shape;
    }

    private Node next(Node node, String name, @Nullable Object value) {
        return node.next
                .computeIfAbsent(name, key -> new EnumMap<>(FieldType.Scalar.class))
                .computeIfAbsent(FieldTypes.ofValue(name, value), key -> {
                    treeBytes += NODE_BYTES + name.length();
                    return new Node();
                });
    }

    private PartShape describe(Map<?, ?> map, Predicate<String> needed) {
        Map<String, Field> sorted = new TreeMap<>();
        map.forEach((key, value) -> {
            String name = (String) key;
            if (needed.test(name)) {
                requireName(name);
                FieldType type = epochs.typeOf(name, FieldTypes.ofValue(name, value));
                sorted.put(name, new Field(name, type, false, role));
            }
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
