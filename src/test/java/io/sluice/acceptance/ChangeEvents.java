package io.sluice.acceptance;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** Change events as Debezium's PostgreSQL source sends them, of a table with the columns id, item and big. */
final class ChangeEvents {
    private static final Schema NO_ROW = SchemaBuilder.struct()
            .name("server.shop.goods.Value")
            .optional()
            .field("id", Schema.INT32_SCHEMA)
            .build();

    private ChangeEvents() {}

    static Content create(int id, String item, String big) {
        return event("c", null, row(id, item, big)).keyStruct("id", id);
    }

    static Content update(int id, String item, String big) {
        return event("u", null, row(id, item, big)).keyStruct("id", id);
    }

    /** With as much of the row before as a table tells that has a primary key. */
    static Content delete(int id) {
        return event("d", Values.named("server.shop.goods.Value", "id", id), null)
                .keyStruct("id", id);
    }

    static SchemaAndValue row(int id, String item, String big) {
        return Values.named("server.shop.goods.Value", "id", id, "item", item, "big", big);
    }

    static Content event(String operation, @Nullable SchemaAndValue before, @Nullable SchemaAndValue after) {
        return Content.value(Values.named(
                "server.shop.goods.Envelope",
                "before",
                before == null ? Values.typed(NO_ROW, null) : before,
                "after",
                after == null ? Values.typed(NO_ROW, null) : after,
                "source",
                Values.named("io.debezium.connector.postgresql.Source", "schema", "shop", "table", "goods"),
                "op",
                operation,
                "ts_ms",
                1_700_000_000_000L));
    }
}
