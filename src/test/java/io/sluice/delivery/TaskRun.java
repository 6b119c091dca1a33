package io.sluice.delivery;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/**
 * A task in this JVM that is called as the Connect runtime calls it, step by step and without Kafka. What it was given
 * counts as consumed; a call that throws leaves that as it was.
 */
final class TaskRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PluginLoader PLUGIN = PluginLoader.open();

    private final FakeContext context;
    private final Map<TopicPartition, OffsetAndMetadata> consumed = new HashMap<>();
    private final SinkTask task;

    private TaskRun(SinkTask task, @Nullable ErrantRecordReporter reporter) {
        this.task = task;
        this.context = new FakeContext(reporter);
    }

    /** A task that writes into this database, with further settings. */
    static TaskRun start(Database database, Map<String, String> settings) {
        return start(PLUGIN, database, settings);
    }

    static TaskRun start(PluginLoader plugin, Database database, Map<String, String> settings) {
        return start(plugin, database, settings, null);
    }

    /** One whose bad records Connect takes. */
    static TaskRun start(Database database, Map<String, String> settings, ErrantRecordReporter reporter) {
        return start(PLUGIN, database, settings, reporter);
    }

    private static TaskRun start(
            PluginLoader plugin,
            Database database,
            Map<String, String> settings,
            @Nullable ErrantRecordReporter reporter) {
        Map<String, String> config = new LinkedHashMap<>(database.connectionConfig());
        config.put("name", "direct");
        config.put("retry.backoff.max.ms", "500");
        config.putAll(settings);
        PluginLoader.Configured configured = plugin.configure(config);
        TaskRun run = new TaskRun(configured.task(), reporter);
        run.task.initialize(run.context);
        // As the worker does it: the pool looks for its driver there.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(plugin);
        try {
            run.task.start(configured.config());
        } finally {
            thread.setContextClassLoader(before);
        }
        return run;
    }

    /** The partitions are assigned, and the task is told. */
    void open(TopicPartition... partitions) {
        context.assign(List.of(partitions));
        task.open(List.of(partitions));
    }

    /** The partitions are assigned, and the task has found out from where to read them. */
    void openAndAcquire(TopicPartition... partitions) {
        open(partitions);
        callUntil("the partitions to be acquired", () -> paused().isEmpty());
        takeSeeks();
    }

    /** The partitions are assigned; the task is told later, or never. */
    void assignSilently(TopicPartition... partitions) {
        context.assign(List.of(partitions));
    }

    /** Takes partitions away in good order and returns what is to be committed for them. */
    Map<TopicPartition, Long> revoke(TopicPartition... partitions) {
        Map<TopicPartition, OffsetAndMetadata> leaving = new HashMap<>(consumed);
        leaving.keySet().retainAll(Set.of(partitions));
        Map<TopicPartition, Long> committed = offsets(task.preCommit(leaving));
        lose(partitions);
        return committed;
    }

    /** Takes partitions away as after an expired session: there is no commit any more. */
    void lose(TopicPartition... partitions) {
        task.close(List.of(partitions));
        context.unassign(List.of(partitions));
        Arrays.asList(partitions).forEach(consumed::remove);
    }

    void put(SinkRecord... records) {
        put(List.of(records));
    }

    void put(List<SinkRecord> records) {
        commitOnRequest();
        task.put(records);
        records.forEach(record -> consumed.put(
                new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
                new OffsetAndMetadata(record.originalKafkaOffset() + 1)));
    }

    /** Connect does so before it polls; here nothing comes of it. */
    private void commitOnRequest() {
        if (context.takeCommitRequest()) {
            preCommit();
        }
    }

    /** Records up to there were consumed and dropped before they came to the task. */
    void consumedUpTo(TopicPartition partition, long position) {
        consumed.put(partition, new OffsetAndMetadata(position));
    }

    /** Where the task wants to read on, once; what it is given from there on counts anew. */
    Map<TopicPartition, Long> takeSeeks() {
        Map<TopicPartition, Long> seeks = context.takeSeeks();
        seeks.forEach((partition, offset) -> consumed.put(partition, new OffsetAndMetadata(offset)));
        return seeks;
    }

    /** What is to be committed now. */
    Map<TopicPartition, Long> preCommit() {
        return offsets(task.preCommit(new HashMap<>(consumed)));
    }

    Set<TopicPartition> paused() {
        return context.paused();
    }

    /** Calls the task without records, as Connect does between polls, until something is so. */
    void callUntil(String description, Callable<Boolean> condition) {
        Await.atMost(PATIENCE).until(description, () -> {
            put(List.of());
            return condition.call();
        });
    }

    /** Calls the task until it fails, and returns the message. */
    String failure() {
        List<String> messages = new ArrayList<>();
        Await.atMost(PATIENCE).until("the task to fail", () -> {
            try {
                put(List.of());
            } catch (ConnectException e) {
                messages.add(e.getMessage());
            }
            return !messages.isEmpty();
        });
        return messages.get(0);
    }

    /** How often the task has tried something again. */
    long retries() {
        return counter("Retries");
    }

    /** A counter of the task, by its name in JMX. */
    long counter(String name) {
        try {
            return (long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("io.sluice:type=sink-task,connector=\"direct\",task=0"), name);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        task.stop();
    }

    private static Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<TopicPartition, Long> offsets =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        committed.forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }
}
