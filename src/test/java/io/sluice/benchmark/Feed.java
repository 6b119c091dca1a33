package io.sluice.benchmark;

import io.sluice.benchmark.Event.Operation;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;

/** Changes that lie in topics, one table for each topic. */
record Feed(List<Topic> topics, int partitions, Format format, Events events, List<Marker> markers) {

    private static final int MARKERS = 512;

    /** Topics for the changes; a change goes into topic and partition by its key. */
    record Layout(int topics, int partitions, Format format) {}

    /** Makes the topics and fills them. */
    static Feed produce(Scenario scenario, String name, Layout layout, Events events) {
        List<String> names = IntStream.range(0, layout.topics())
                .mapToObj(number -> layout.topics() == 1 ? name : name + "_" + number)
                .toList();
        List<Topic> topics = scenario.topics(names, layout.partitions());
        Feed feed = new Feed(topics, layout.partitions(), layout.format(), events, new ArrayList<>());
        for (int topic = 0; topic < topics.size(); topic++) {
            topics.get(topic).send(feed.messages(topic));
        }
        feed.markers.addAll(feed.lastOfEachPartition(Math.max(1, MARKERS / (layout.topics() * layout.partitions()))));
        return feed;
    }

    List<String> tables() {
        return topics.stream().map(Topic::name).toList();
    }

    /** Records of all topics, tombstones among them. */
    long records() {
        return events.count()
                + (format == Format.CHANGE_EVENTS
                        ? LongStream.range(0, events.count())
                                .filter(number -> events.at(number).operation() == Operation.DELETE)
                                .count()
                        : 0);
    }

    private Stream<Message> messages(int topic) {
        return LongStream.range(0, events.count())
                .mapToObj(events::at)
                .filter(event -> topicOf(event) == topic)
                .flatMap(this::messagesOf);
    }

    /** A source of change events lets a tombstone follow each deletion, unless told otherwise. */
    private Stream<Message> messagesOf(Event event) {
        byte[] key = key(event.id());
        int partition = partitionOf(event);
        Message change = Message.bytes(format.value(event)).keyBytes(key).inPartition(partition);
        return event.operation() == Operation.DELETE
                ? Stream.of(change, Message.tombstone().keyBytes(key).inPartition(partition))
                : Stream.of(change);
    }

    /** The last rows of each partition as they are in the end. */
    private List<Marker> lastOfEachPartition(int most) {
        int[] found = new int[topics.size() * partitions];
        int complete = 0;
        Set<Long> seen = new HashSet<>();
        List<Marker> all = new ArrayList<>();
        for (long number = events.count() - 1; number >= 0 && complete < found.length; number--) {
            Event event = events.at(number);
            int place = topicOf(event) * partitions + partitionOf(event);
            if (!event.isRefused() && found[place] < most && seen.add(event.id())) {
                all.add(marker(event));
                complete += ++found[place] == most ? 1 : 0;
            }
        }
        return all;
    }

    private Marker marker(Event event) {
        return new Marker(
                topics.get(topicOf(event)).name(),
                event.id(),
                event.operation() == Operation.DELETE ? OptionalLong.empty() : OptionalLong.of(event.seq()));
    }

    private int topicOf(Event event) {
        return (int) (event.id() % topics.size());
    }

    /** As Kafka's producer would choose it. */
    private int partitionOf(Event event) {
        return partitions == 1 ? 0 : Utils.toPositive(Utils.murmur2(key(event.id()))) % partitions;
    }

    static byte[] key(long id) {
        return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
    }
}
