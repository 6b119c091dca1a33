package io.sluice.acceptance;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Short ways to write values with schemas. A plain Java value gets the required schema of its own type; {@link #typed}
 * gives any other.
 */
final class Values {
    private Values() {}

    /** Names and values by turns, in that order. */
    static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    /** A Struct with its schema, from names and values by turns. */
    static SchemaAndValue struct(@Nullable Object... namesAndValues) {
        return struct(SchemaBuilder.struct(), namesAndValues);
    }

    /** A Struct whose schema has that name. */
    static SchemaAndValue named(String name, @Nullable Object... namesAndValues) {
        return struct(SchemaBuilder.struct().name(name), namesAndValues);
    }

    static SchemaAndValue typed(Schema schema, @Nullable Object value) {
        return new SchemaAndValue(schema, value);
    }

    /** Days, seconds, strings or whatever a logical type of that name is carried by. */
    static SchemaAndValue logical(String name, Object value) {
        Schema plain = schemaAndValue(value).schema();
        return typed(new SchemaBuilder(plain.type()).name(name).build(), value);
    }

    private static SchemaAndValue struct(SchemaBuilder builder, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = map(namesAndValues);
        Map<String, SchemaAndValue> typed = new LinkedHashMap<>();
        fields.forEach((name, value) -> typed.put(name, schemaAndValue(value)));
        typed.forEach((name, field) -> builder.field(name, field.schema()));
        Struct struct = new Struct(builder.build());
        typed.forEach((name, field) -> struct.put(name, field.value()));
        return new SchemaAndValue(struct.schema(), struct);
    }

    private static SchemaAndValue schemaAndValue(@Nullable Object value) {
        if (value instanceof SchemaAndValue typed) {
            return typed;
        }
        if (value instanceof BigDecimal decimal) {
            return typed(Decimal.schema(decimal.scale()), decimal);
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            SchemaAndValue first = schemaAndValue(list.get(0));
            List<?> elements = list.stream()
                    .map(element -> schemaAndValue(element).value())
                    .toList();
            return typed(SchemaBuilder.array(first.schema()).build(), elements);
        }
        if (value instanceof byte[]) {
            return typed(Schema.BYTES_SCHEMA, value);
        }
        Schema.Type type =
                value == null ? null : org.apache.kafka.connect.data.ConnectSchema.schemaType(value.getClass());
        if (type == null || !type.isPrimitive()) {
            throw new IllegalArgumentException("No schema follows from " + value + ". Say it with typed(...).");
        }
        return typed(SchemaBuilder.type(type).build(), value);
    }
}
