package io.sluice.delivery;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Connect's side of a task. It behaves as the runtime does where that matters: pausing and resuming what is not
 * assigned is an error, and what a task has paused stays paused when it is taken away and comes back.
 */
public final class FakeContext implements SinkTaskContext {
    private final Set<TopicPartition> assignment = new LinkedHashSet<>();
    private final Set<TopicPartition> paused = new LinkedHashSet<>();
    private final Map<TopicPartition, Long> seeks = new HashMap<>();
    private final @Nullable ErrantRecordReporter reporter;

    /**
     * @param reporter null where Connect has nowhere to put bad records
     */
    public FakeContext(@Nullable ErrantRecordReporter reporter) {
        this.reporter = reporter;
    }

    private boolean commitRequested;

    /** Where the task wants to read on, once: Connect seeks between two calls. Seeking what is not assigned is an error. */
    Map<TopicPartition, Long> takeSeeks() {
        Map<TopicPartition, Long> taken = Map.copyOf(seeks);
        seeks.clear();
        assigned(taken.keySet().toArray(TopicPartition[]::new));
        return taken;
    }

    void assign(Collection<TopicPartition> partitions) {
        assignment.addAll(partitions);
    }

    void unassign(Collection<TopicPartition> partitions) {
        partitions.forEach(assignment::remove);
    }

    /** The assigned partitions from which nothing would be delivered. */
    Set<TopicPartition> paused() {
        Set<TopicPartition> held = new LinkedHashSet<>(paused);
        held.retainAll(assignment);
        return held;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.copyOf(assignment);
    }

    @Override
    public void pause(TopicPartition... partitions) {
        paused.addAll(assigned(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
        assigned(partitions).forEach(paused::remove);
    }

    private List<TopicPartition> assigned(TopicPartition... partitions) {
        List<TopicPartition> wanted = Arrays.asList(partitions);
        if (!assignment.containsAll(wanted)) {
            throw new IllegalStateException("No current assignment for one of " + wanted);
        }
        return wanted;
    }

    @Override
    public @Nullable ErrantRecordReporter errantRecordReporter() {
        return reporter;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw new NoSuchMethodError("a worker before 4.1 has none");
    }

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        seeks.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        seeks.put(partition, offset);
    }

    @Override
    public void timeout(long timeoutMillis) {
        // Whoever drives the task calls again when it likes.
    }

    @Override
    public void requestCommit() {
        commitRequested = true;
    }

    /** Whether the task wants to be asked for its offsets, once. */
    boolean takeCommitRequest() {
        boolean taken = commitRequested;
        commitRequested = false;
        return taken;
    }
}
