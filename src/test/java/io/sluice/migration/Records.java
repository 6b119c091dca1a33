package io.sluice.migration;

import io.sluice.harness.Message;
import java.util.Date;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** Records with schemas, given as field, value, field, value. */
final class Records {
    private Records() {}

    static Message value(Object... fields) {
        Struct struct = struct("row", fields);
        return Message.struct(struct.schema(), struct);
    }

    static Message keyed(Struct key, Object... fields) {
        return value(fields).keyStruct(key.schema(), key);
    }

    static Message deleted(Struct key) {
        return Message.tombstone().keyStruct(key.schema(), key);
    }

    static Struct key(Object... fields) {
        return struct("key", fields);
    }

    /** A change event as Debezium's sources send it. */
    static Message event(String operation, Struct key, @Nullable Struct before, @Nullable Struct after) {
        Struct known = after == null ? before : after;
        if (known == null) {
            throw new IllegalArgumentException("A change event has a row");
        }
        SchemaBuilder row =
                SchemaBuilder.struct().name("server.shop.rows.Value").optional();
        known.schema().fields().forEach(field -> row.field(field.name(), field.schema()));
        Schema rowSchema = row.build();
        Struct source = struct("io.debezium.connector.postgresql.Source", "schema", "shop", "table", "rows");
        Schema schema = SchemaBuilder.struct()
                .name("server.shop.rows.Envelope")
                .field("before", rowSchema)
                .field("after", rowSchema)
                .field("source", source.schema())
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
        Struct event = new Struct(schema)
                .put("before", copy(rowSchema, before))
                .put("after", copy(rowSchema, after))
                .put("source", source)
                .put("op", operation)
                .put("ts_ms", 1_700_000_000_000L);
        return Message.struct(schema, event).keyStruct(key.schema(), key);
    }

    static Struct row(Object... fields) {
        return struct("row", fields);
    }

    private static @Nullable Struct copy(Schema schema, @Nullable Struct row) {
        if (row == null) {
            return null;
        }
        Struct copy = new Struct(schema);
        row.schema().fields().forEach(field -> copy.put(field.name(), row.get(field)));
        return copy;
    }

    private static Struct struct(String name, Object... fields) {
        SchemaBuilder schema = SchemaBuilder.struct().name(name);
        for (int i = 0; i < fields.length; i += 2) {
            schema.field((String) fields[i], schemaOf(fields[i + 1]));
        }
        Struct struct = new Struct(schema.build());
        for (int i = 0; i < fields.length; i += 2) {
            struct.put((String) fields[i], fields[i + 1]);
        }
        return struct;
    }

    private static Schema schemaOf(Object value) {
        if (value instanceof Date) {
            return Timestamp.SCHEMA;
        }
        return value instanceof String
                ? Schema.OPTIONAL_STRING_SCHEMA
                : new ConnectSchema(ConnectSchema.schemaType(value.getClass()));
    }
}
