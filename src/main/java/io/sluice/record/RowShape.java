package io.sluice.record;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ordered fields of a row, and where each is read from. The shape cache gives equal records the same instance, so
 * whatever is worked out for a shape is found again by identity.
 */
public final class RowShape {
    /** Of rows without any field. */
    static final RowShape NOTHING = new RowShape(List.of(), PartShape.EMPTY, PartShape.EMPTY, new int[0]);

    private final List<Field> fields;
    private final PartShape keyPart;
    private final PartShape valuePart;
    /** For each field its index in the value part, or the complement of its index in the key part. */
    private final int[] sources;

    private final List<String> keyNames;
    private final long fixedBytes;
    private final int[] variable;
    private final long heldBytes;
    /** The shape of which this one lacks fields; itself where it lacks none. */
    private final RowShape whole;
    /** Whether a row has been charged with the memory that the shape itself holds. */
    private boolean charged;

    RowShape(List<Field> fields, PartShape keyPart, PartShape valuePart, int[] sources) {
        this(fields, keyPart, valuePart, sources, null);
    }

    private RowShape(
            List<Field> fields, PartShape keyPart, PartShape valuePart, int[] sources, @Nullable RowShape whole) {
        this.whole = whole == null ? this : whole;
        this.fields = List.copyOf(fields);
        this.keyPart = keyPart;
        this.valuePart = valuePart;
        this.sources = sources;
        this.keyNames = fields.stream()
                .filter(field -> field.role() == Field.Role.KEY)
                .map(Field::name)
                .toList();
        this.variable = MemorySize.variableFields(fields);
        this.fixedBytes = MemorySize.fixedBytes(fields);
        this.heldBytes = MemorySize.ofFields(fields) + keyPart.heldBytes() + valuePart.heldBytes();
    }

    public List<Field> fields() {
        return fields;
    }

    /** The names of the fields that are the key by the configuration. */
    List<String> keyNames() {
        return keyNames;
    }

    /** The fields of the value part. */
    List<Field> valueFields() {
        return valuePart.fields();
    }

    /** The index in the value part of the field at {@code index}, negative where the key part has it. */
    int sourceInValue(int index) {
        return sources[index];
    }

    /** The indexes of the fields whose values may be large. */
    int[] variableFields() {
        return variable;
    }

    /** The index of the field of that name, or -1. */
    int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The shape of rows that lack these fields. */
    RowShape without(BitSet missing) {
        int[] left =
                IntStream.range(0, fields.size()).filter(i -> !missing.get(i)).toArray();
        return new RowShape(
                IntStream.of(left).mapToObj(fields::get).toList(),
                keyPart,
                valuePart,
                IntStream.of(left).map(i -> sources[i]).toArray(),
                whole);
    }

    /**
     * Whether the value's schema says that a column may be null: its field is optional, or there is none. Values without
     * schema say nothing.
     */
    public boolean allowsNull(String column) {
        return valuePart.hasSchema()
                && whole.fields.stream()
                        .filter(field -> field.name().equals(column))
                        .allMatch(field -> field.role() == Field.Role.KEY_CANDIDATE
                                || (field.role() == Field.Role.VALUE
                                        && field.hint().optional()));
    }

    @Nullable
    Object[] read(@Nullable Object key, @Nullable Object value) {
        @Nullable Object[] values = new @Nullable Object[sources.length];
        for (int i = 0; i < sources.length; i++) {
            int source = sources[i];
            values[i] = source >= 0 ? valuePart.read(value, source) : keyPart.read(key, ~source);
        }
        return values;
    }

    /** The memory that the shape holds, in bytes, estimated. */
    public long heldBytes() {
        return heldBytes;
    }

    /**
     * The memory that a row of these values holds, in bytes, estimated. The first one pays for the shape: where each record
     * has another one, they hold more than their values.
     */
    long bytes(@Nullable Object[] values) {
        long bytes = fixedBytes;
        if (!charged) {
            charged = true;
            bytes += heldBytes;
        }
        for (int index : variable) {
            bytes += MemorySize.of(values[index]);
        }
        return bytes;
    }
}
