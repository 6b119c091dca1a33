package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Offsets are those of the original records, whatever transformations make of these. */
@ExtendWith(HarnessExtension.class)
final class TransformIT {
    private static final int RECORDS = 20_000;

    @Test
    void commitsUnderTheOriginalTopicWhenATransformationRenamesIt(Scenario test) {
        Topic topic = topic(test);
        Rows.createTable(test.database(), "renamed");
        Map<String, String> renaming = Map.of(
                "transforms", "rename",
                "transforms.rename.type", "org.apache.kafka.connect.transforms.RegexRouter",
                "transforms.rename.regex", ".*",
                "transforms.rename.replacement", "renamed",
                "tasks.max", "2");
        Connector sink = test.startSink(topic, renaming);
        try (StatusWatch watch = StatusWatch.over(sink)) {
            awaitNoLag(test, sink, topic);

            assertThat(Rows.versions(test.database(), "renamed"))
                    .isEqualTo(LongStream.range(0, RECORDS).boxed().collect(Collectors.toMap(id -> id, id -> id * 3)));
            watch.assertOnly("RUNNING");
        }
    }

    @Test
    void leavesNoLagWhenATransformationDropsEveryRecord(Scenario test) {
        Topic topic = topic(test);
        Rows.createTable(test.database(), "nothing");
        Map<String, String> dropping = Map.of(
                "transforms", "drop",
                "transforms.drop.type", "org.apache.kafka.connect.transforms.Filter",
                "table.name.format", "nothing",
                "tasks.max", "2");
        Connector sink = test.startSink(topic, dropping);
        try (StatusWatch watch = StatusWatch.over(sink)) {
            awaitNoLag(test, sink, topic);

            assertThat(test.database().count("nothing")).isZero();
            watch.assertOnly("RUNNING");
        }
    }

    /** Some records pass and the last ones do not: the end has to be committed all the same. */
    @Test
    void leavesNoLagWhenTheLastRecordsAreDropped(Scenario test) {
        Topic topic = test.topic("mixed", 1);
        Rows.createTable(test.database());
        topic.send(1_000, i -> Message.json(Map.of("id", i, "version", i)));
        topic.send(1_000, i -> Message.tombstone().keyJson(i));
        Map<String, String> dropping = Map.of(
                "transforms",
                "drop",
                "transforms.drop.type",
                "org.apache.kafka.connect.transforms.Filter",
                "transforms.drop.predicate",
                "tombstone",
                "predicates",
                "tombstone",
                "predicates.tombstone.type",
                "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone",
                "table.name.format",
                Rows.TABLE);

        Connector sink = test.startSink(topic, dropping);

        awaitNoLag(test, sink, topic);
        assertThat(test.database().count(Rows.TABLE)).isEqualTo(1_000);
    }

    private static Topic topic(Scenario test) {
        Topic topic = test.topic("original", 4);
        topic.send(RECORDS, i -> Message.json(Map.of("id", i, "version", i * 3)).keyJson(i));
        return topic;
    }

    private static void awaitNoLag(Scenario test, Connector sink, Topic topic) {
        test.await().until("no lag", () -> sink.group(test.broker()).lag(topic) == 0);
        assertThat(sink.group(test.broker()).committed(topic)).isEqualTo(topic.endOffsets());
    }
}
