package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.harness.Connector;
import io.sluice.harness.CrashPoint;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offsets as users manage them: over REST, with another name, with a connector that is made again. */
@ExtendWith(HarnessExtension.class)
final class OffsetsIT {

    @CrashPoint(16)
    @ParameterizedTest
    @ValueSource(strings = {"exactly_once", "at_least_once", "at_most_once"})
    void readsFromWhereItIsTold(String guarantee, Scenario test) {
        History history = History.in(test.database());
        Topic topic = test.topic("offsets", 1);
        Connector connector = start(test, "told", topic, Map.of("delivery.guarantee", guarantee));
        send(topic, 0, 10);
        await(test, history, 10);

        connector.stop();
        connector.alterOffsets(offsets(topic, 4));
        connector.resume();
        await(test, history, 16);
        connector.stop();
        connector.resetOffsets();
        connector.resume();
        await(test, history, 26);
        connector.stop();

        assertThat(test.database().column("SELECT count(*) FROM history GROUP BY id ORDER BY id"))
                .isEqualTo(List.of(2L, 2L, 2L, 2L, 3L, 3L, 3L, 3L, 3L, 3L));
    }

    @Test
    void goesOnUnderAnotherName(Scenario test) {
        History history = History.in(test.database());
        Topic topic = test.topic("renamed", 1);
        Connector before = start(test, "before", topic, Map.of());
        send(topic, 0, 10);
        await(test, history, 10);
        before.delete();
        send(topic, 10, 10);

        Connector after = start(test, "after", topic, Map.of("exactly.once.id", before.name()));
        await(test, history, 20);
        after.stop();

        assertEachOnce(test.database(), 20);
    }

    @Test
    void goesOnWhenItIsMadeAgainAfterItsGroupIsGone(Scenario test) {
        History history = History.in(test.database());
        Topic topic = test.topic("again", 1);
        Connector connector = start(test, "again", topic, Map.of());
        send(topic, 0, 10);
        await(test, history, 10);
        connector.delete();
        test.await()
                .until(
                        "the group to be empty",
                        () -> connector.group(test.broker()).isEmpty());
        connector.group(test.broker()).delete();
        send(topic, 10, 10);

        start(test, "again", topic, Map.of());
        await(test, history, 20);
        connector.stop();

        assertEachOnce(test.database(), 20);
    }

    /** The example in config. */
    @Test
    void appendsOnceWhateverHappensToTheWorker(Scenario test) throws IOException {
        test.database().execute("CREATE TABLE events (id bigint, version bigint)");
        Topic topic = test.topic("example", 2);
        Map<String, String> example = Settings.of(
                example(),
                test.database().connectionConfig(),
                Map.of("topics", topic.name(), "table.name.format", "events"));
        Connector connector = test.connector("example").configure(example).awaitRunning();
        for (int times = 0; times < 3; times++) {
            long before = 1_000L * times;
            send(topic, (int) before, 1_000);
            test.await().until("some rows", () -> test.database().count("events") > before);
            test.worker().kill();
            test.worker().start();
        }
        test.await()
                .until(
                        "all to be committed",
                        () -> connector.group(test.broker()).committed(topic).equals(topic.endOffsets()));

        assertThat(test.database().number("SELECT count(*) FROM events")).isEqualTo(3_000);
        assertThat(test.database().number("SELECT count(DISTINCT id) FROM events"))
                .isEqualTo(3_000);
    }

    private static Map<String, String> example() throws IOException {
        Map<String, String> config = new HashMap<>();
        new ObjectMapper()
                .readTree(Path.of("config", "exactly-once.json").toFile())
                .path("config")
                .properties()
                .forEach(setting ->
                        config.put(setting.getKey(), setting.getValue().asText()));
        return config;
    }

    @CrashPoint(20)
    @Test
    void neverSeesWhatAProducerHasAborted(Scenario test) {
        History history = History.in(test.database());
        Topic topic = test.topic("aborted", 1);
        start(test, "aborted", topic, Map.of());
        send(topic, 0, 5);
        topic.sendAndAbort(message(100), message(101));
        send(topic, 5, 5);
        await(test, history, 10);

        assertEachOnce(test.database(), 10);
    }

    /** PostgreSQL's offsets count. */
    @ParameterizedTest
    @ValueSource(longs = {3, 12})
    void saysThatAGroupWhichWasResetChangesNothing(long offset, Scenario test) {
        History history = History.in(test.database());
        Topic topic = test.topic("reset", 1);
        Connector connector = start(test, "reset", topic, Map.of());
        send(topic, 0, 10);
        await(test, history, 10);
        connector.stop();
        test.await()
                .until(
                        "the group to be empty",
                        () -> connector.group(test.broker()).isEmpty());
        connector.group(test.broker()).reset(topic, 0, offset);
        send(topic, 10, 10);

        long mark = test.worker().log().mark();
        connector.resume();
        await(test, history, 20);

        assertEachOnce(test.database(), 20);
        assertThat(test.worker().log().since(mark))
                .filteredOn(line -> line.contains("Kafka's group stands at"))
                .singleElement()
                .asString()
                .contains("offset " + offset + " of " + topic.name() + "-0", "PostgreSQL at 10", "/offsets");
    }

    /** The ledger knows that the first ten are written, and the log begins with the fifteenth. */
    @Test
    void saysThatRecordsAreGoneThatWereNeverWritten(Scenario test) {
        History history = History.in(test.database());
        Topic topic = test.topic("cut", 1);
        Connector connector = start(test, "cut", topic, Map.of());
        send(topic, 0, 10);
        await(test, history, 10);
        test.await()
                .until(
                        "the task to know of all ten",
                        () -> connector.group(test.broker()).committed(topic).equals(topic.endOffsets()));
        send(topic, 10, 1);
        await(test, history, 11);
        connector.stop();
        send(topic, 11, 9);
        topic.deleteBefore(0, 15);

        long mark = test.worker().log().mark();
        connector.resume();
        await(test, history, 16);

        assertThat(test.worker().log().since(mark))
                .filteredOn(line -> line.contains("goes on at offset"))
                .singleElement()
                .asString()
                .contains(topic.name() + "-0 goes on at offset 15", "before offset 1", "retention");
    }

    private static Connector start(Scenario test, String name, Topic topic, Map<String, String> settings) {
        Map<String, String> exactly = Map.of(
                "table.name.format", History.TABLE,
                "delivery.guarantee", "exactly_once",
                "consumer.override.isolation.level", "read_committed");
        return test.connector(name)
                .configure(test.sinkConfig(topic, Settings.of(exactly, settings)))
                .awaitRunning();
    }

    private static void send(Topic topic, int from, int count) {
        topic.send(IntStream.range(from, from + count).mapToObj(OffsetsIT::message));
    }

    private static Message message(int id) {
        return Message.json(Map.of("id", id, "version", id));
    }

    private static void await(Scenario test, History history, long rows) {
        test.await().until(rows + " writes", () -> history.written() >= rows);
    }

    private static void assertEachOnce(Database database, int records) {
        assertThat(database.column("SELECT id FROM history ORDER BY id"))
                .isEqualTo(IntStream.range(0, records)
                        .mapToObj(id -> (Object) (long) id)
                        .toList());
    }

    private static Map<String, Object> offsets(Topic topic, long offset) {
        return Map.of(
                "offsets",
                List.of(Map.of(
                        "partition", Map.of("kafka_topic", topic.name(), "kafka_partition", 0),
                        "offset", Map.of("kafka_offset", offset))));
    }
}
