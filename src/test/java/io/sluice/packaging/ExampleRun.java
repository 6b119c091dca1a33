package io.sluice.packaging;

import io.sluice.harness.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * What is done with an example: a topic, the tables that have to be there, the records, and a number that a query must then
 * give. {@code TOPIC} stands for the topic's full name.
 */
record ExampleRun(String topic, List<String> tables, List<Message> records, String query, long expected) {

    private static final int ROWS = 20;
    private static final String COUNT = "SELECT count(*) FROM \"TOPIC\"";
    private static final Schema ID =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema ROW = SchemaBuilder.struct()
            .name("shop.public.orders.Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name("shop.public.orders.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    /** By file: an example without an entry is not tested, and that fails. */
    static final Map<String, ExampleRun> BY_FILE = Map.of(
            "smallest.json",
                    into("orders", List.of("CREATE TABLE \"TOPIC\" (id bigint PRIMARY KEY, note text)"), rows(), ROWS),
            "quickstart.json", into("orders", List.of(), withTombstone(), ROWS - 1),
            "quickstart-input.json", into("documents", List.of(), twice(rows()), 2 * ROWS),
            "exactly-once.json",
                    into("orders", List.of("CREATE TABLE \"TOPIC\" (id bigint, note text)"), twice(rows()), 2 * ROWS),
            "high-throughput.json", into("events", List.of(), twice(rows()), 2 * ROWS),
            "low-latency.json", into("prices", List.of(), twice(rows()), ROWS),
            "many-tables.json",
                    new ExampleRun("shop.more-orders", List.of(), rows(), "SELECT count(*) FROM more_orders", ROWS),
            "debezium-copy.json",
                    new ExampleRun(
                            "shop.public.orders",
                            List.of(),
                            changeEvents(),
                            "SELECT count(*) FROM public.orders WHERE note = 'new'",
                            ROWS - 1),
            "foreign-keys.json",
                    new ExampleRun(
                            "shop-changes",
                            List.of(
                                    "CREATE TABLE customers (id bigint PRIMARY KEY, note text)",
                                    "CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint NOT NULL REFERENCES customers)"),
                            customersAndOrders(),
                            "SELECT (SELECT count(*) FROM customers) * 100 + (SELECT count(*) FROM orders)",
                            100 * (ROWS - 1) + ROWS - 1));

    private static ExampleRun into(String topic, List<String> tables, List<Message> records, long expected) {
        return new ExampleRun(topic, tables, records, COUNT, expected);
    }

    private static List<Message> rows() {
        return IntStream.range(0, ROWS).mapToObj(ExampleRun::row).toList();
    }

    private static Message row(int id) {
        return Message.json(Map.of("id", id, "note", "row " + id)).keyJson(Map.of("id", id));
    }

    private static List<Message> twice(List<Message> records) {
        return Stream.concat(records.stream(), records.stream()).toList();
    }

    private static List<Message> withTombstone() {
        return Stream.concat(rows().stream(), Stream.of(Message.tombstone().keyJson(Map.of("id", 0))))
                .toList();
    }

    /** Each row is made and changed, and the first is deleted. */
    private static List<Message> changeEvents() {
        Stream<Message> changes =
                IntStream.range(0, ROWS).boxed().flatMap(id -> Stream.of(event(id, "c", "old"), event(id, "u", "new")));
        Message delete = event(0, "d", null);
        Message tombstone = Message.tombstone().keyStruct(ID, id(0));
        return Stream.concat(changes, Stream.of(delete, tombstone)).toList();
    }

    private static Message event(int id, String operation, @Nullable String note) {
        Struct row = new Struct(ROW).put("id", (long) id).put("note", note);
        Struct event = new Struct(ENVELOPE)
                .put(operation.equals("d") ? "before" : "after", row)
                .put("source", new Struct(SOURCE).put("schema", "public").put("table", "orders"))
                .put("op", operation);
        return Message.struct(ENVELOPE, event).keyStruct(ID, id(id));
    }

    private static Struct id(int id) {
        return new Struct(ID).put("id", (long) id);
    }

    /** Each customer right before the first order of that customer; the last order goes, and then its customer. */
    private static List<Message> customersAndOrders() {
        Stream<Message> made = IntStream.range(0, ROWS)
                .boxed()
                .flatMap(id -> Stream.of(
                        row(id).header("table", "customers"),
                        Message.json(Map.of("id", id, "customer", id))
                                .keyJson(Map.of("id", id))
                                .header("table", "orders")));
        Map<String, Integer> last = Map.of("id", ROWS - 1);
        Stream<Message> gone = Stream.of("orders", "customers")
                .map(table -> Message.tombstone().keyJson(last).header("table", table));
        return Stream.concat(made, gone).toList();
    }
}
