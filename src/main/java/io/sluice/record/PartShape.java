package io.sluice.record;

import io.sluice.config.NullHandling;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The fields of one part of a record, its key or its value, and how each is read from it. Compared by identity. */
abstract sealed class PartShape {
    /** The part of a record that has none. */
    static final PartShape EMPTY = new Empty();

    private final List<Field> fields;
    private final long heldBytes;

    private PartShape(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.heldBytes = MemorySize.ofFields(fields);
    }

    /** The memory that it holds, in bytes, estimated. */
    final long heldBytes() {
        return heldBytes;
    }

    final List<Field> fields() {
        return fields;
    }

    /** Whether a schema names all fields that there may be. */
    final boolean hasSchema() {
        return this instanceof OfStruct;
    }

    /** The field at {@code index} of a part of this shape. */
    abstract @Nullable Object read(@Nullable Object part, int index);

    private static final class Empty extends PartShape {
        private Empty() {
            super(List.of());
        }

        @Override
        @Nullable
        Object read(@Nullable Object part, int index) {
            throw new IndexOutOfBoundsException(index);
        }
    }

    /** Fields of a Struct. */
    static final class OfStruct extends PartShape {
        private final org.apache.kafka.connect.data.Field[] connectFields;
        private final NullHandling nulls;

        OfStruct(List<Field> fields, List<org.apache.kafka.connect.data.Field> connectFields, NullHandling nulls) {
            super(fields);
            this.connectFields = connectFields.toArray(org.apache.kafka.connect.data.Field[]::new);
            this.nulls = nulls;
        }

        @Override
        @Nullable
        Object read(@Nullable Object part, int index) {
            return part == null ? null : nulls.read((Struct) part, connectFields[index]);
        }
    }

    /** The fields of a part, and at the end the part as a whole. */
    static final class OfDocument extends PartShape {
        private final PartShape parts;

        OfDocument(List<Field> fields, PartShape parts) {
            super(fields);
            this.parts = parts;
        }

        @Override
        @Nullable
        Object read(@Nullable Object part, int index) {
            return index < parts.fields().size() ? parts.read(part, index) : part;
        }
    }

    /** Entries of a map without schema. */
    static final class OfMap extends PartShape {
        private final String[] names;

        OfMap(List<Field> fields) {
            super(fields);
            this.names = fields.stream().map(Field::name).toArray(String[]::new);
        }

        @Override
        @Nullable
        Object read(@Nullable Object part, int index) {
            return part == null ? null : ((Map<?, ?>) part).get(names[index]);
        }
    }

    /** A primitive: the part itself is the one field. */
    static final class OfWhole extends PartShape {
        OfWhole(Field field) {
            super(List.of(field));
        }

        @Override
        @Nullable
        Object read(@Nullable Object part, int index) {
            return part;
        }
    }

    /** An array of values that were picked out of the record one by one: coordinates, headers. */
    static final class OfArray extends PartShape {
        OfArray(List<Field> fields) {
            super(fields);
        }

        @Override
        @Nullable
        Object read(@Nullable Object part, int index) {
            return part == null ? null : ((@Nullable Object[]) part)[index];
        }
    }
}
