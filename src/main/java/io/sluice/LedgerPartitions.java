package io.sluice;

import io.sluice.config.OffsetMismatch;
import io.sluice.failure.Failures;
import io.sluice.failure.SinkException;
import io.sluice.flow.FlowControl;
import io.sluice.lane.Results;
import io.sluice.ledger.Acquisitions;
import io.sluice.ledger.Loss;
import io.sluice.metrics.SinkMetrics;
import io.sluice.offset.Grant;
import io.sluice.offset.OffsetTracker;
import io.sluice.offset.PartitionOffsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition is the task's from when the ledger has given it to the task, and is read on from where the ledger says. Until
 * then it is held back, and what comes nevertheless is passed over and comes again.
 *
 * <p>When a lane has found that the ledger gave it to somebody else, Connect takes it away most often, too; if it does not,
 * the task takes it back after a while.
 */
final class LedgerPartitions implements Partitions {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerPartitions.class);

    /** In which a worker that stood still learns from its group that it has lost its partitions. */
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Two living owners take a partition from each other again and again; a rebalance does that once or twice. */
    private static final int MOST_LOSSES = 5;

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);

    private final SinkTaskContext context;
    private final OffsetTracker offsets;
    private final Acquisitions acquisitions;
    private final FlowControl flow;
    private final Results results;
    private final OffsetMismatch policy;
    private final SinkMetrics metrics;
    private final LongSupplier nanos;
    private final LedgerWatch watch;
    private final Map<TopicPartition, Stay> stays = new HashMap<>();
    private int unsettled;
    private @Nullable TopicPartition lastPartition;
    private @Nullable Stay lastStay;

    /**
     * @param nanos a clock that never goes back, in nanoseconds
     */
    LedgerPartitions(
            SinkTaskContext context,
            OffsetTracker offsets,
            Acquisitions acquisitions,
            FlowControl flow,
            Results results,
            OffsetMismatch policy,
            SinkMetrics metrics,
            LongSupplier nanos) {
        this.context = context;
        this.offsets = offsets;
        this.acquisitions = acquisitions;
        this.flow = flow;
        this.results = results;
        this.policy = policy;
        this.metrics = metrics;
        this.nanos = nanos;
        this.watch = new LedgerWatch(acquisitions, nanos);
    }

    @Override
    public void open(Collection<TopicPartition> assigned) {
        List<TopicPartition> fresh = assigned.stream()
                .filter(partition -> !stays.containsKey(partition))
                .toList();
        if (!fresh.isEmpty()) {
            CompletableFuture<Map<TopicPartition, Grant>> request = acquisitions.acquire(fresh);
            fresh.forEach(partition -> {
                stays.put(partition, new Stay(request));
                flow.hold(partition);
            });
        }
        flow.assigned();
        forgetLast();
        unsettled = stays.size();
    }

    @Override
    public void revoke(Collection<TopicPartition> revoked) {
        var unused = acquisitions.verify(reading(revoked));
        acquisitions.giveUp(revoked);
        offsets.close(revoked);
        flow.revoked(revoked);
        revoked.forEach(stays::remove);
        forgetLast();
    }

    @Override
    public void settle() {
        for (Optional<Loss> loss = results.pollLoss(); loss.isPresent(); loss = results.pollLoss()) {
            lose(loss.get());
        }
        watch.look(() -> reading(stays.keySet())).forEach(this::lose);
        if (unsettled == 0) {
            return;
        }
        forgetLast();
        List<Map.Entry<TopicPartition, Stay>> overdue = new ArrayList<>();
        int left = 0;
        for (Map.Entry<TopicPartition, Stay> entry : stays.entrySet()) {
            Stay stay = entry.getValue();
            switch (stay.phase) {
                case WAITING -> receive(entry.getKey(), stay);
                case SEEKING -> begin(entry.getKey(), stay);
                case LOST -> {
                    if (nanos.getAsLong() - stay.backAt >= 0) {
                        overdue.add(entry);
                    }
                }
                case READING -> {}
            }
            left += stay.phase == Stay.Phase.READING ? 0 : 1;
        }
        unsettled = left;
        takeBack(overdue);
    }

    private List<PartitionOffsets> reading(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> stays.containsKey(partition) && offsets.has(partition))
                .map(offsets::of)
                .toList();
    }

    private void receive(TopicPartition partition, Stay stay) {
        if (!stay.request.isDone()) {
            return;
        }
        Grant grant = grant(partition, stay);
        if (grant == null) {
            return;
        }
        stay.grant = grant;
        OptionalLong start = grant.progress().floor();
        long from = start.isPresent() ? start.getAsLong() : stay.passedOver;
        flow.release(partition);
        stay.next = Math.max(0, from);
        if (from < 0) {
            // Nobody has read of it yet, and Kafka knows where to start.
            begin(partition, stay);
        } else {
            context.offset(partition, from);
            stay.phase = Stay.Phase.SEEKING;
        }
    }

    private @Nullable Grant grant(TopicPartition partition, Stay stay) {
        try {
            return stay.request.join().get(partition);
        } catch (CompletionException e) {
            results.failed(
                    e.getCause() instanceof SinkException problem
                            ? problem
                            : Failures.unexpected("Taking over a partition", e));
            return null;
        }
    }

    private void begin(TopicPartition partition, Stay stay) {
        Grant grant = stay.grant;
        if (grant != null) {
            offsets.open(partition, grant);
            stay.phase = Stay.Phase.READING;
            stay.passedOver = -1;
        }
    }

    private void lose(Loss loss) {
        TopicPartition partition = loss.partition().partition();
        Stay stay = stays.get(partition);
        if (stay == null || stay.phase != Stay.Phase.READING || offsets.of(partition) != loss.partition()) {
            return;
        }
        offsets.close(List.of(partition));
        flow.hold(partition);
        forgetLast();
        stay.phase = Stay.Phase.LOST;
        // Where the ledger knows nothing, this was the first that is not durable.
        stay.passedOver = loss.partition().floor();
        unsettled++;
        switch (loss.cause()) {
            case BACK_IN_TIME -> {
                metrics.rewound();
                LOG.warn(
                        "PostgreSQL has lost transactions about {}, which is read again from where it stands",
                        partition);
                stay.backAt = nanos.getAsLong();
            }
            case ANOTHER_OWNER -> {
                metrics.fenced();
                LOG.info("{} was taken over by another task", partition);
                stay.backAt = nanos.getAsLong() + GRACE.toNanos();
                if (++stay.losses >= MOST_LOSSES) {
                    results.failed(Failures.contested(partition));
                }
            }
        }
    }

    private void takeBack(List<Map.Entry<TopicPartition, Stay>> overdue) {
        if (!overdue.isEmpty()) {
            CompletableFuture<Map<TopicPartition, Grant>> request =
                    acquisitions.acquire(overdue.stream().map(Map.Entry::getKey).toList());
            overdue.forEach(stay -> stay.getValue().await(request));
        }
    }

    @Override
    public boolean admits(TopicPartition partition, long offset) {
        Stay stay = partition.equals(lastPartition) ? lastStay : find(partition);
        if (stay == null || stay.phase != Stay.Phase.READING) {
            passOver(partition, stay, offset);
            return false;
        }
        if (offset < stay.next) {
            startOver(partition, stay, offset);
            return false;
        }
        stay.next = offset + 1;
        return true;
    }

    private @Nullable Stay find(TopicPartition partition) {
        lastPartition = partition;
        lastStay = stays.get(partition);
        return lastStay;
    }

    /** Connect delivers records of partitions that it has not opened. */
    private void passOver(TopicPartition partition, @Nullable Stay known, long offset) {
        Stay stay = known;
        if (stay == null) {
            open(List.of(partition));
            stay = stays.get(partition);
        }
        if (stay != null && stay.passedOver < 0) {
            stay.passedOver = offset;
        }
    }

    /** An offset has come that was there before, so that the topic is another one. */
    private void startOver(TopicPartition partition, Stay stay, long offset) {
        switch (policy) {
            case FAIL -> results.failed(Failures.startedOver(partition, offset, stay.next));
            case RESTART -> {
                LOG.warn(
                        "Topic partition {} starts over at offset {}; PostgreSQL had offset {}",
                        partition,
                        offset,
                        stay.next);
                offsets.close(List.of(partition));
                flow.hold(partition);
                stay.passedOver = offset;
                stay.await(acquisitions.restart(partition, offset));
                unsettled++;
            }
            case SKIP -> LOG.debug("Offset {} of {} counts as written", offset, partition);
        }
    }

    private void forgetLast() {
        lastPartition = null;
        lastStay = null;
    }

    @Override
    public boolean needsAttention() {
        return unsettled > 0;
    }

    @Override
    public void close() {
        var unused = acquisitions.verify(reading(stays.keySet()));
        acquisitions.stop(STOP_PATIENCE);
    }
}
