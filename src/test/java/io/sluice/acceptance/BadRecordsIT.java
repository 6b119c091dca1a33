package io.sluice.acceptance;

import static io.sluice.acceptance.BadRecord.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad record fails the task with a paragraph that helps; what came before it is written, and no offset passes it. */
@ExtendWith(HarnessExtension.class)
final class BadRecordsIT {

    private static final String STRINGS = "org.apache.kafka.connect.storage.StringConverter";

    static Stream<BadRecord> cases() {
        return Stream.of(
                BadRecord.of("a list instead of fields")
                        .record(Message.json(List.of(SECRET)))
                        .says("value is a list, not a Struct or a map", "document.column"),
                BadRecord.of("no primary key field")
                        .record(Message.json(Map.of("code", SECRET)))
                        .says("field \"id\"", "primary key", "pk.fields"),
                BadRecord.of("no field that pk.fields names")
                        .with("pk.mode", "record_value")
                        .with("pk.fields", "id")
                        .record(Message.json(Map.of("code", SECRET)))
                        .says("value has no field \"id\"", "Correct pk.fields"),
                BadRecord.of("a null in the key")
                        .record(Message.text("{\"id\": null, \"code\": \"" + SECRET + "\"}"))
                        .says("column \"id\"", "part of the key"),
                BadRecord.of("no record key")
                        .with("pk.mode", "record_key")
                        .with("pk.fields", "id")
                        .with("key.converter", STRINGS)
                        .table("CREATE TABLE items (id text PRIMARY KEY, code text)")
                        .good(number -> Message.json(Map.of("code", "x")).keyText("k" + number))
                        .record(Message.json(Map.of("code", SECRET)))
                        .says("the record has no key", "pk.mode record_value"),
                BadRecord.of("a number out of range")
                        .record(Message.json(Map.of("id", 99, "code", SECRET, "amount", 70_000)))
                        .says("column \"amount\"", "out of the column's range", "wider"),
                BadRecord.of("a fraction for an integer")
                        .record(Message.json(Map.of("id", 1.5, "code", SECRET)))
                        .says("column \"id\"", "not an integer"),
                BadRecord.of("a text that PostgreSQL finds too long")
                        .record(Message.json(Map.of("id", 99, "code", SECRET.repeat(5))))
                        .says("column \"code\"", "longer than the column allows", "SQLSTATE 22001"),
                BadRecord.of("a text that is no date")
                        .table("CREATE TABLE items (id int PRIMARY KEY, code text, day date)")
                        .record(Message.json(Map.of("id", 99, "code", SECRET, "day", SECRET)))
                        .says("column \"day\"", "SQLSTATE 22007"),
                BadRecord.of("an unknown value of an enumeration")
                        .table(
                                "CREATE TYPE \"Mood\" AS ENUM ('fine', 'ill')",
                                "CREATE TABLE items (id int PRIMARY KEY, mood \"Mood\", code text)")
                        .record(Message.json(Map.of("id", 99, "mood", SECRET)))
                        .says("column \"mood\"", "SQLSTATE 22P02"),
                BadRecord.of("a null that the table refuses")
                        .record(Message.text("{\"id\": 99, \"code\": \"" + SECRET + "\", \"amount\": null}"))
                        .says("column \"amount\"", "NOT NULL", "SQLSTATE 23502"),
                BadRecord.of("a check that is violated")
                        .table("CREATE TABLE items (id int PRIMARY KEY, code text CONSTRAINT short CHECK (code = 'x'))")
                        .record(Message.json(Map.of("id", 99, "code", SECRET)))
                        .says("constraint \"short\"", "SQLSTATE 23514"),
                BadRecord.of("a row that is there already")
                        .with("insert.mode", "insert")
                        .record(Message.json(Map.of("id", 0, "code", SECRET)))
                        .says("constraint \"items_pkey\"", "insert.mode=upsert", "SQLSTATE 23505"),
                BadRecord.of("a character that text cannot hold")
                        .record(Message.text("{\"id\": 99, \"code\": \"" + SECRET + "\\u0000\"}"))
                        .says("column \"code\"", "U+0000"),
                BadRecord.of("a column that is not there")
                        .record(Message.json(Map.of("id", 99, "Code", SECRET)))
                        .says("no column \"Code\"", "auto.evolve=true"),
                BadRecord.of("a type that the column cannot hold")
                        .record(Message.json(Map.of("id", 99, "amount", Map.of("is", SECRET))))
                        .says("column \"amount\" is smallint", "transformation"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void failsTheTaskAndLosesNothing(BadRecord badRecord, Scenario test) {
        Topic topic = test.topic("items", 1);
        Database database = test.database();
        database.execute(badRecord.table().toArray(String[]::new));
        topic.send(3, badRecord.good());
        topic.send(badRecord.bad(), badRecord.good().apply(3));

        Connector sink = test.connector("sink").configure(test.sinkConfig(topic, settings(badRecord)));
        String trace = sink.awaitFailedTask();

        assertThat(trace)
                .contains("topic " + topic.name() + ", partition 0, offset 3")
                .contains("\"items\"")
                .contains(badRecord.said())
                .doesNotContain(SECRET);
        assertThat(database.number("SELECT count(*) FROM items")).isGreaterThanOrEqualTo(3);
        test.await()
                .until(
                        "the offset of the bad record",
                        () -> sink.group(test.broker()).committed(topic).equals(Map.of(0, 3L)));
        assertThat(test.worker().log().since(0)).noneMatch(line -> line.contains(SECRET));
    }

    private static Map<String, String> settings(BadRecord badRecord) {
        Map<String, String> settings = new TreeMap<>(badRecord.settings());
        settings.put("table.name.format", "items");
        return settings;
    }
}
