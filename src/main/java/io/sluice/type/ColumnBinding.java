package io.sluice.type;

import java.util.function.Consumer;

/**
 * How values of one field get into one column.
 *
 * @param codec writes them
 * @param wireType the type in SQL that the codec writes, {@code int8} for example
 * @param cast whether PostgreSQL has to cast that type to the column's
 * @param exact whether PostgreSQL holds two values for equal just when the codec writes the same bytes for them
 */
public record ColumnBinding(ColumnCodec codec, String wireType, boolean cast, boolean exact) {
    static ColumnBinding direct(String wireType, ColumnCodec codec) {
        return new ColumnBinding(codec, wireType, false, false);
    }

    /** Text that PostgreSQL casts to the column's type. */
    static ColumnBinding casting(ColumnCodec codec) {
        return new ColumnBinding(codec, "text", true, false);
    }

    /** The same for a check that looks at texts before they are written. */
    ColumnBinding checking(Consumer<String> check) {
        ColumnCodec checked = (value, out) -> {
            if (value instanceof String text) {
                check.accept(text);
            }
            codec.write(value, out);
        };
        return new ColumnBinding(checked, wireType, cast, exact);
    }

    ColumnBinding asExact() {
        return new ColumnBinding(codec, wireType, cast, true);
    }
}
