package io.sluice.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values that a source did not send, because they are large and did not change: a text stands in their place.
 * The columns are left out of the row, and so keep what they hold.
 *
 * <p>In what form it stands there depends on the field's type. Source: Debezium's documentation of the PostgreSQL
 * connector, "Toasted values" and {@code unavailable.value.placeholder}.
 */
final class UnavailableValues {
    private final String placeholder;
    private final byte[] bytes;
    private final String json;
    private final String uuid;
    private final PartialShapes partials;

    UnavailableValues(String placeholder, PartialShapes partials) {
        this.partials = partials;
        this.placeholder = placeholder;
        this.bytes = placeholder.getBytes(StandardCharsets.UTF_8);
        this.json = "{\"" + placeholder + "\":\"" + placeholder + "\"}";
        this.uuid = UUID.nameUUIDFromBytes(bytes).toString();
    }

    /** The change that writes the row without such values. */
    Change leaveOut(RowShape shape, @Nullable Object[] row, Origin origin) {
        @Nullable BitSet missing = null;
        for (int index : shape.variableFields()) {
            if (isPlaceholder(row[index])) {
                missing = missing == null ? new BitSet() : missing;
                missing.set(index);
            }
        }
        if (missing == null) {
            return new Change(Change.Operation.WRITE, shape, row, origin);
        }
        List<@Nullable Object> left = new ArrayList<>();
        for (int i = missing.nextClearBit(0); i < row.length; i = missing.nextClearBit(i + 1)) {
            left.add(row[i]);
        }
        return new Change(Change.Operation.WRITE, partials.of(shape, missing), left.toArray(), origin);
    }

    /** Whether the value stands for one that was not sent. */
    boolean isPlaceholder(@Nullable Object value) {
        if (value instanceof String text) {
            return text.equals(placeholder) || text.equals(json);
        }
        if (value instanceof byte[] array) {
            return Arrays.equals(array, bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            return buffer.equals(ByteBuffer.wrap(bytes));
        }
        if (value instanceof Map<?, ?> map) {
            return map.size() == 1 && placeholder.equals(map.get(placeholder));
        }
        return value instanceof Collection<?> list && stands(list);
    }

    /** An array of one placeholder, or of the numbers of its characters. */
    private boolean stands(Collection<?> list) {
        if (list.size() == 1) {
            Object element = list.iterator().next();
            return uuid.equals(element) || (!(element instanceof Collection) && isPlaceholder(element));
        }
        if (list.size() != bytes.length) {
            return false;
        }
        int i = 0;
        for (Object element : list) {
            if (!(element instanceof Number number) || number.longValue() != bytes[i++]) {
                return false;
            }
        }
        return true;
    }
}
