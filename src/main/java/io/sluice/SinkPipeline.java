package io.sluice;

import io.sluice.failure.SinkException;
import io.sluice.flow.FlowControl;
import io.sluice.lane.Entry;
import io.sluice.lane.LanePool;
import io.sluice.lane.Lease;
import io.sluice.lane.Results;
import io.sluice.metrics.SinkMetrics;
import io.sluice.offset.OffsetTracker;
import io.sluice.ownership.Partitions;
import io.sluice.record.DeadLetter;
import io.sluice.write.Sessions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * A task while it runs: takes records in, hands them to lanes, and reports which offsets are durable. Belongs to the
 * task thread, which never waits for PostgreSQL in {@link #put}.
 */
final class SinkPipeline {
    /** How soon Connect is to call again while partitions are paused or a table is being looked up. */
    private static final long ATTENTIVE_MILLIS = 5;
    /**
     * How soon it is to call again while lanes are at work, so that a failure shows; and while no partition is assigned, since
     * one that is will be held back until the call after.
     */
    private static final long BUSY_MILLIS = 100;
    /** How soon it is to call again when there is nothing to do, so that the lease does not lapse. */
    private static final long IDLE_MILLIS = 1_000;
    /** Longest wait of a commit for what is under way, and for a sign of progress. */
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private static final Duration DRAIN_PROGRESS = Duration.ofMillis(200);
    /** The same for the last commit of a task that has failed: nothing else is to be done any more. */
    private static final Duration LAST_DRAIN = Duration.ofSeconds(5);

    private static final Duration DRAIN_STEP = Duration.ofMillis(10);
    /** How long a statement of a revoked partition, or of a stopping task, may go on before it is cancelled. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final SinkTaskContext context;
    private final Partitions partitions;
    private final Intake intake;
    private final OffsetTracker offsets;
    private final LanePool lanes;
    private final Results results;
    private final Lease lease;
    private final FlowControl flow;
    private final DeadLetterReports letters;
    private final SinkMetrics metrics;
    private final PartitionReports reports;
    private final Sessions sessions;
    private long commits;

    SinkPipeline(
            SinkTaskContext context,
            Partitions partitions,
            Intake intake,
            LanePool lanes,
            Results results,
            Lease lease,
            FlowControl flow,
            DeadLetterReports letters,
            SinkMetrics metrics,
            Sessions sessions) {
        this.context = context;
        this.partitions = partitions;
        this.intake = intake;
        this.offsets = intake.offsets();
        this.lanes = lanes;
        this.results = results;
        this.lease = lease;
        this.flow = flow;
        this.letters = letters;
        this.metrics = metrics;
        this.reports = new PartitionReports(offsets, metrics, System::nanoTime);
        this.sessions = sessions;
    }

    /** Takes records over and returns at once. */
    void put(Collection<SinkRecord> records) {
        settle();
        Optional<SinkException> failure = results.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        partitions.settle();
        metrics.received(records.size());
        takeIn(records.iterator());
        lanes.flush();
        flow.regulate(lanes.stuck());
        reports.report();
        askForNextCall();
    }

    /**
     * A record that cannot be taken in fails the task with the next call, not with this one: Connect then knows of the
     * whole batch, and what was durable before the bad record is committed.
     */
    private void takeIn(Iterator<SinkRecord> records) {
        while (records.hasNext()) {
            SinkRecord record = records.next();
            TopicPartition partition = intake.partition(record);
            if (!partitions.admits(partition, record.originalKafkaOffset())) {
                continue;
            }
            reports.arrived(partition, record);
            if (results.failure().isPresent()) {
                intake.leave(record);
                continue;
            }
            try {
                handOver(intake.take(record));
            } catch (SinkException e) {
                results.failed(e);
            }
        }
    }

    private void handOver(List<Entry> entries) {
        if (entries.isEmpty()) {
            metrics.skipped(1);
        }
        for (Entry entry : entries) {
            flow.add(entry.partition().partition(), entry.bytes());
            if (entry.letter() == null) {
                lanes.add(entry);
            } else {
                lanes.addLetter(entry);
            }
        }
    }

    /** The offsets up to which every record is durable. */
    Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> consumed) {
        Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>(partitions.held(consumed));
        settle();
        drain();
        committable.putAll(offsets.committable(consumed));
        return marked(committable);
    }

    /**
     * Makes each commit differ from the one before. Under the group protocol of KIP-848, Connect (4.3.1) keeps the map that
     * the last asynchronous commit was answered with, which cannot be changed, and fails the task when a partition is
     * revoked and its last commit was skipped because nothing had changed, or because there was nothing in it. For that
     * each partition that is ours has its offset in it, be it the one that it began with.
     */
    private Map<TopicPartition, OffsetAndMetadata> marked(Map<TopicPartition, OffsetAndMetadata> committable) {
        String mark = Long.toString(++commits);
        committable.replaceAll(
                (partition, position) -> new OffsetAndMetadata(position.offset(), position.leaderEpoch(), mark));
        return committable;
    }

    void open(Collection<TopicPartition> assigned) {
        partitions.open(assigned);
        reports.assigned(assigned);
    }

    /** After it nothing of these partitions is written any more; what was not durable comes to their next owner. */
    void close(Collection<TopicPartition> revoked) {
        partitions.revoke(revoked);
        reports.revoked(revoked);
        lanes.dropRevoked(PATIENCE);
        settle();
    }

    void stop() {
        // In reverse order, whatever one of them throws.
        try (metrics;
                sessions;
                partitions) {
            lanes.stop(PATIENCE);
        }
    }

    /** Notes what the lanes have done since the last call. */
    private void settle() {
        lease.renew();
        for (Optional<List<Entry>> done = results.poll(); done.isPresent(); done = results.poll()) {
            note(done.get());
        }
        complete(letters.confirmed());
        lanes.flush();
    }

    private void note(List<Entry> done) {
        boolean hasLetters = false;
        for (Entry entry : done) {
            hasLetters |= entry.letter() != null;
        }
        complete(hasLetters ? done.stream().filter(this::isDoneWith).toList() : done);
    }

    private boolean isDoneWith(Entry entry) {
        DeadLetter letter = entry.letter();
        return letter == null || entry.partition().revoked() || letters.report(entry, letter);
    }

    private void complete(List<Entry> done) {
        for (Entry entry : done) {
            entry.partition().complete(entry.number());
            flow.remove(entry.partition().partition(), entry.bytes());
        }
        lanes.completed(done);
    }

    /**
     * Gives what is under way a moment to become durable, because Connect asks for offsets right before it revokes or
     * stops and does not say so. As long as there is progress, it is worth the wait: the lanes work on meanwhile.
     */
    private void drain() {
        boolean failed = results.failure().isPresent();
        long now = System.nanoTime();
        long deadline = now + (failed ? LAST_DRAIN : DRAIN).toNanos();
        long patience = (failed ? LAST_DRAIN : DRAIN_PROGRESS).toNanos();
        long progress = now;
        while ((lanes.isBusy() || !letters.isEmpty()) && now < deadline && now - progress < patience) {
            Optional<List<Entry>> done = results.poll(DRAIN_STEP);
            now = System.nanoTime();
            if (done.isPresent()) {
                note(done.get());
                progress = now;
            }
            complete(letters.confirmed());
            lease.renew();
            lanes.flush();
        }
        settle();
    }

    /** Without it, a call of Connect's consumer lasts until the next commit is due, a minute by default. */
    void askForNextCall() {
        if (results.failure().isPresent()) {
            context.timeout(1);
        } else if (flow.isPaused() || lanes.needsAttention() || !letters.isEmpty() || partitions.needsAttention()) {
            context.timeout(ATTENTIVE_MILLIS);
        } else if (flow.records() > 0 || context.assignment().isEmpty()) {
            context.timeout(BUSY_MILLIS);
        } else {
            context.timeout(IDLE_MILLIS);
        }
    }
}
