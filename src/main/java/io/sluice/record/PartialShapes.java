package io.sluice.record;

import java.util.BitSet;

/** The shapes of rows that lack some fields of another shape, once for each. Belongs to the task thread. */
final class PartialShapes {
    private final LruCache<Partial, RowShape> shapes = new LruCache<>(RowShape::heldBytes);

    private record Partial(RowShape whole, BitSet missing) {}

    /** The shape without the fields at these indexes, which nobody changes any more. */
    RowShape of(RowShape whole, BitSet missing) {
        return shapes.computeIfAbsent(new Partial(whole, missing), key -> key.whole.without(key.missing));
    }
}
