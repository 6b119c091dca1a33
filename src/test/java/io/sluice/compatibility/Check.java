package io.sluice.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.Message;
import io.sluice.harness.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One thing that has to work, through a worker and into a real table. */
enum Check {
    CREATE_TABLE("creates a table"),
    UPSERT("upserts"),
    DELETE("deletes"),
    EXACTLY_ONCE("exactly once over a kill of the worker"),
    RESTART("goes on after a restart of the worker");

    private static final int RECORDS = 500;

    private final String title;

    Check(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    void run(Stage stage) {
        switch (this) {
            case CREATE_TABLE -> createsTable(stage);
            case UPSERT -> upserts(stage);
            case DELETE -> deletes(stage);
            case EXACTLY_ONCE -> appendsOnce(stage);
            case RESTART -> goesOn(stage);
        }
    }

    private static void createsTable(Stage stage) {
        Topic topic = stage.topic("created", 1);
        topic.send(order(7, 1.5));
        stage.startKeyedSink(topic, Map.of());
        awaitRows(stage, topic, 1);

        assertThat(stage.database().texts("SELECT id, amount, note FROM \"" + topic.name() + "\""))
                .containsExactly(List.of("7", "1.5", "order 7"));
        assertThat(stage.database()
                        .number(
                                "SELECT count(*) FROM pg_index WHERE indisprimary AND indrelid = ?::regclass",
                                '"' + topic.name() + '"'))
                .isEqualTo(1);
    }

    private static void upserts(Stage stage) {
        Topic topic = stage.topic("upserted", 2);
        topic.send(RECORDS, id -> order(id, 1));
        stage.startKeyedSink(topic, Map.of());
        topic.send(RECORDS, id -> order(id, 2));
        awaitNumber(
                stage, "every new amount", "SELECT count(*) FROM \"" + topic.name() + "\" WHERE amount = 2", RECORDS);

        assertThat(stage.database().count(topic.name())).isEqualTo(RECORDS);
    }

    private static void deletes(Stage stage) {
        Topic topic = stage.topic("deleted", 1);
        topic.send(RECORDS, id -> order(id, 1));
        stage.startKeyedSink(topic, Map.of("delete.enabled", "true"));
        awaitRows(stage, topic, RECORDS);
        topic.send(RECORDS / 2, id -> Message.tombstone().keyJson(Map.of("id", id)));
        awaitRows(stage, topic, RECORDS - RECORDS / 2);

        assertThat(stage.database().number("SELECT min(id) FROM \"" + topic.name() + "\""))
                .isEqualTo(RECORDS / 2);
    }

    private static void appendsOnce(Stage stage) {
        Topic topic = stage.topic("appended", 2);
        stage.database().execute("CREATE TABLE \"" + topic.name() + "\" (id bigint, amount float8, note text)");
        Connector sink = stage.startSink(
                topic,
                Map.of(
                        "insert.mode", "insert",
                        "delivery.guarantee", "exactly_once",
                        "consumer.override.isolation.level", "read_committed"));
        topic.send(RECORDS, id -> order(id, 1));
        awaitNumber(stage, "the first rows", "SELECT least(count(*), 1) FROM \"" + topic.name() + "\"", 1);
        stage.worker().kill();
        topic.send(IntStream.range(RECORDS, 2 * RECORDS).mapToObj(id -> order(id, 1)));
        stage.worker().start();
        sink.awaitRunning();
        stage.test()
                .await()
                .until(
                        "every offset to be committed",
                        () -> sink.group(stage.test().broker()).committed(topic).equals(topic.endOffsets()));

        assertThat(stage.database().rows("SELECT count(*), count(DISTINCT id) FROM \"" + topic.name() + "\""))
                .containsExactly(List.of(2L * RECORDS, 2L * RECORDS));
    }

    private static void goesOn(Stage stage) {
        Topic topic = stage.topic("restarted", 1);
        topic.send(RECORDS, id -> order(id, 1));
        Connector sink = stage.startKeyedSink(topic, Map.of());
        awaitRows(stage, topic, RECORDS);
        stage.worker().stop();
        topic.send(IntStream.range(RECORDS, 2 * RECORDS).mapToObj(id -> order(id, 1)));
        stage.worker().start();
        sink.awaitRunning();
        awaitRows(stage, topic, 2 * RECORDS);
    }

    private static Message order(int id, double amount) {
        return Message.json(Map.of("id", id, "amount", amount, "note", "order " + id))
                .keyJson(Map.of("id", id));
    }

    private static void awaitRows(Stage stage, Topic topic, long rows) {
        stage.test()
                .await()
                .until(
                        rows + " rows in " + topic.name(),
                        () -> stage.database().count(topic.name()),
                        seen -> seen == rows);
    }

    private static void awaitNumber(Stage stage, String what, String query, long wanted) {
        stage.test().await().until(what, () -> stage.database().number(query), seen -> seen == wanted);
    }
}
