package io.sluice.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** One topic: to produce to, to read back, and to ask for its offsets. */
public final class Topic {

    private static final short ONE_REPLICA = 1;
    private static final Duration CREATION_BUDGET = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final String name;

    Topic(KafkaClients clients, String name) {
        this.clients = clients;
        this.name = name;
    }

    static Topic create(KafkaClients clients, String name, int partitions, Map<String, String> configuration) {
        return create(clients, List.of(name), partitions, configuration).get(0);
    }

    /** Many topics at once. */
    static List<Topic> create(
            KafkaClients clients, List<String> names, int partitions, Map<String, String> configuration) {
        List<NewTopic> wanted = names.stream()
                .map(name -> new NewTopic(name, partitions, ONE_REPLICA).configs(configuration))
                .toList();
        KafkaCalls.get(
                "create topics " + names, clients.admin().createTopics(wanted).all());
        List<Topic> topics =
                names.stream().map(name -> new Topic(clients, name)).toList();
        topics.forEach(topic -> topic.awaitLeaders(partitions));
        return topics;
    }

    /** Many topics at once. */
    static void delete(KafkaClients clients, List<Topic> topics) {
        List<String> names = topics.stream().map(Topic::name).toList();
        KafkaCalls.get(
                "delete topics " + names, clients.admin().deleteTopics(names).all());
    }

    private void awaitLeaders(int partitions) {
        Await.atMost(CREATION_BUDGET)
                .until(
                        "the partitions of " + name + " to have leaders",
                        this::endOffsets,
                        ends -> ends.size() == partitions);
    }

    public String name() {
        return name;
    }

    public void send(Message... messages) {
        send(Stream.of(messages));
    }

    /** Produces the messages number 0 to count - 1. */
    public void send(int count, IntFunction<Message> message) {
        send(IntStream.range(0, count).mapToObj(message));
    }

    /** Returns when the broker has all of them. The callbacks see every failure, so the promises are not needed. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public void send(Stream<Message> messages) {
        Producer<byte[], byte[]> producer = clients.producer();
        AtomicReference<Exception> failure = new AtomicReference<>();
        messages.forEach(message -> producer.send(message.to(name), (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        }));
        producer.flush();
        if (failure.get() != null) {
            throw new HarnessException("Could not produce to " + name + ".", failure.get());
        }
    }

    /** Produces in a transaction and then aborts it: only a reader of uncommitted records sees these. */
    public void sendAndAbort(Message... messages) {
        try (Producer<byte[], byte[]> producer = clients.transactionalProducer(name + "-aborted")) {
            producer.initTransactions();
            producer.beginTransaction();
            List<Future<?>> sent = new ArrayList<>();
            for (Message message : messages) {
                sent.add(producer.send(message.to(name)));
            }
            producer.flush();
            sent.forEach(one -> KafkaCalls.get("produce to " + name, one));
            producer.abortTransaction();
        }
    }

    /** The offset after the last record, by partition. */
    public Map<Integer, Long> endOffsets() {
        Map<TopicPartition, OffsetSpec> ends =
                partitions().stream().collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest()));
        Map<Integer, Long> offsets = new TreeMap<>();
        KafkaCalls.get(
                        "end offsets of " + name,
                        clients.admin().listOffsets(ends).all())
                .forEach((partition, end) -> offsets.put(partition.partition(), end.offset()));
        return offsets;
    }

    /** Deletes what is before that offset, as the topic's retention does. */
    public void deleteBefore(int partition, long offset) {
        KafkaCalls.get(
                "delete the first records of " + name,
                clients.admin()
                        .deleteRecords(
                                Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(offset)))
                        .all());
    }

    /** All that is in the topic now, partition by partition. */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    public void delete() {
        delete(clients, List.of(this));
    }

    private List<TopicPartition> partitions() {
        TopicDescription description = KafkaCalls.get(
                "describe topic " + name,
                clients.admin().describeTopics(List.of(name)).topicNameValues().get(name));
        return description.partitions().stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .toList();
    }
}
