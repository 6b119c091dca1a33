package io.sluice.config;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** What becomes of a null in an optional field whose schema has a default. A required field always takes its default. */
public enum NullHandling {
    /** The schema's default is written. */
    DEFAULT_VALUE,
    /** NULL is written. */
    NULL;

    /** The field's value. */
    public @Nullable Object read(Struct struct, Field field) {
        Schema schema = field.schema();
        boolean staysNull = this == NULL && schema.isOptional() && schema.defaultValue() != null;
        return staysNull ? struct.getWithoutDefault(field.name()) : struct.get(field);
    }
}
