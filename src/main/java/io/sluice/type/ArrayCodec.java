package io.sluice.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists, and lists of lists, as arrays in PostgreSQL's binary form: the number of dimensions, whether there are nulls,
 * the type of the elements, size and first index of each dimension, and the elements with their lengths. Source: {@code
 * array_recv} in src/backend/utils/adt/arrayfuncs.c.
 */
final class ArrayCodec implements ColumnCodec {
    private static final int MOST_DIMENSIONS = 6;
    private static final int NONE = 0;

    private final ColumnCodec element;
    private final int elementType;
    private final int depth;

    private ArrayCodec(ColumnCodec element, int elementType, int depth) {
        this.element = element;
        this.elementType = elementType;
        this.depth = depth;
    }

    /**
     * The codec of arrays.
     *
     * @param wireType the type of their elements in SQL, one that has a codec
     * @param depth how many lists are in one another; {@code 0} where each value decides
     */
    static ArrayCodec of(ColumnCodec element, String wireType, int depth) {
        return new ArrayCodec(element, WireTypes.oid(wireType), depth);
    }

    @Override
    public void write(Object value, RowBuffer out) {
        int dimensions = depth == NONE ? depthOf(value) : depth;
        int[] sizes = sizes((List<?>) value, dimensions);
        int start = out.startField();
        // As in an array literal, lists of nothing but empty lists have no dimension.
        out.int32(sizes.length);
        out.int32(1);
        out.int32(elementType);
        for (int size : sizes) {
            out.int32(size);
            out.int32(1);
        }
        if (sizes.length > 0) {
            elements((List<?>) value, sizes, 0, out);
        }
        out.endField(start);
    }

    private static int depthOf(Object value) {
        int depth = 0;
        Object inner = value;
        while (inner instanceof List<?> list) {
            depth++;
            inner = list.isEmpty() ? null : list.get(0);
        }
        return depth;
    }

    private static int[] sizes(List<?> value, int dimensions) {
        if (dimensions > MOST_DIMENSIONS) {
            throw new UnfitValueException(
                    "the array has more than " + MOST_DIMENSIONS + " dimensions", "Make the column jsonb");
        }
        int[] sizes = new int[dimensions];
        @Nullable Object inner = value;
        for (int i = 0; i < dimensions; i++) {
            if (!(inner instanceof List<?> list)) {
                throw ragged();
            }
            sizes[i] = list.size();
            if (list.isEmpty()) {
                requireEmpty(value, i);
                return new int[0];
            }
            inner = list.get(0);
        }
        return sizes;
    }

    private static void requireEmpty(@Nullable Object value, int outer) {
        if (!(value instanceof List<?> list) || (outer == 0 && !list.isEmpty())) {
            throw ragged();
        }
        list.forEach(inner -> requireEmpty(inner, outer - 1));
    }

    private void elements(List<?> list, int[] sizes, int dimension, RowBuffer out) {
        if (list.size() != sizes[dimension]) {
            throw ragged();
        }
        boolean last = dimension == sizes.length - 1;
        for (Object each : list) {
            if (!last) {
                if (!(each instanceof List<?> inner)) {
                    throw ragged();
                }
                elements(inner, sizes, dimension + 1, out);
            } else if (each == null) {
                out.nullField();
            } else if (depth == NONE && each instanceof List) {
                throw ragged();
            } else {
                element.write(each, out);
            }
        }
    }

    private static UnfitValueException ragged() {
        return new UnfitValueException(
                "the lists in the array are not all of one length, as PostgreSQL's arrays are",
                "Make the column jsonb, or correct the producer");
    }
}
