package io.sluice.ownership;

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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
public final class LedgerPartitions implements Partitions {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerPartitions.class);

    /** Two living owners take a partition from each other again and again; a rebalance does that once or twice. */
    private static final int MOST_LOSSES = 5;

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);
    /** How long Connect may take to say where Kafka's group stands. */
    private static final Duration GROUP_PATIENCE = Duration.ofSeconds(1);

    private static final String RESET = "consumer.override.auto.offset.reset";

    private final SinkTaskContext context;
    private final OffsetTracker offsets;
    private final Acquisitions acquisitions;
    private final FlowControl flow;
    private final Results results;
    private final SinkMetrics metrics;
    private final LongSupplier nanos;
    private final LedgerWatch watch;
    private final Stays stays = new Stays();
    private final Admission admission;
    private boolean started;

    /**
     * @param nanos a clock that never goes back, in nanoseconds
     */
    public LedgerPartitions(
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
        this.metrics = metrics;
        this.nanos = nanos;
        this.watch = new LedgerWatch(acquisitions, nanos);
        this.admission = new Admission(context, stays, offsets, acquisitions, flow, results, policy, metrics);
    }

    @Override
    public void open(Collection<TopicPartition> assigned) {
        List<TopicPartition> fresh =
                assigned.stream().filter(partition -> !stays.has(partition)).toList();
        if (!fresh.isEmpty()) {
            CompletableFuture<Map<TopicPartition, Grant>> request = acquisitions.acquire(fresh);
            long patience = started ? 0 : GROUP_PATIENCE.toNanos();
            fresh.forEach(partition -> {
                stays.add(partition, new Stay(request, nanos.getAsLong() + patience));
                flow.hold(partition);
            });
            if (!started) {
                started = true;
                context.requestCommit();
            }
        }
        flow.assigned();
    }

    /**
     * Until Connect has sought, its position says where the group stands, too: a group is reset while none of its tasks runs.
     * Of a partition that was lost nothing is said, since its other owner may be further on.
     */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> held(Map<TopicPartition, OffsetAndMetadata> consumed) {
        Map<TopicPartition, OffsetAndMetadata> held = new HashMap<>();
        consumed.forEach((partition, position) -> {
            Stay stay = stays.get(partition);
            if (stay == null || stay.phase == Stay.Phase.READING) {
                return;
            }
            if (stay.phase == Stay.Phase.WAITING && stay.group < 0) {
                stay.group = position.offset();
            }
            if (stay.losses() == 0) {
                boolean comesAgain = stay.passedOver >= 0 && stay.passedOver < position.offset();
                held.put(partition, comesAgain ? new OffsetAndMetadata(stay.passedOver) : position);
            }
        });
        return held;
    }

    @Override
    public void revoke(Collection<TopicPartition> revoked) {
        var unused = acquisitions.verify(reading(revoked));
        acquisitions.giveUp(revoked);
        offsets.close(revoked);
        flow.revoked(revoked);
        stays.remove(revoked);
    }

    @Override
    public void settle() {
        for (Optional<Loss> loss = results.pollLoss(); loss.isPresent(); loss = results.pollLoss()) {
            lose(loss.get());
        }
        watch.look(() -> reading(stays.partitions())).forEach(this::lose);
        if (stays.areSettled()) {
            return;
        }
        Map<TopicPartition, Stay> overdue = new HashMap<>();
        stays.settle((partition, stay) -> {
            switch (stay.phase) {
                case WAITING -> receive(partition, stay);
                case SEEKING -> begin(partition, stay);
                case LOST -> {
                    if (stay.isOverdue(nanos.getAsLong())) {
                        overdue.put(partition, stay);
                    }
                }
                case READING -> {}
            }
        });
        takeBack(overdue);
    }

    private List<PartitionOffsets> reading(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> stays.has(partition) && offsets.has(partition))
                .map(offsets::of)
                .toList();
    }

    private void receive(TopicPartition partition, Stay stay) {
        boolean awaitsGroup = stay.group < 0 && stay.groupUntil - nanos.getAsLong() > 0;
        if (!stay.request.isDone() || awaitsGroup) {
            return;
        }
        Grant grant = grant(partition, stay);
        if (grant == null) {
            return;
        }
        if (stay.grant == null && stay.group >= 0) {
            GroupPosition.compare(partition, stay.group, grant.progress());
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
            stay.beginning = new Beginning(from, mayAsk());
            admission.seek(partition, stay, from);
        }
    }

    private boolean mayAsk() {
        return context.configs().getOrDefault(RESET, "earliest").equalsIgnoreCase("earliest");
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
        stay.lose(nanos.getAsLong(), loss.cause() != Loss.Cause.BACK_IN_TIME);
        // Where the ledger knows nothing any more, the floor stands on what it has lost.
        stay.passedOver = loss.partition().first();
        stays.unsettle();
        switch (loss.cause()) {
            case BACK_IN_TIME, GONE -> {
                metrics.rewound();
                LOG.warn(
                        "PostgreSQL has lost transactions about {}, which is read again from where it stands",
                        partition);
            }
            case ANOTHER_OWNER -> {
                metrics.fenced();
                LOG.info("{} was taken over by another task", partition);
                if (stay.losses() >= MOST_LOSSES) {
                    results.failed(Failures.contested(partition));
                }
            }
        }
    }

    private void takeBack(Map<TopicPartition, Stay> overdue) {
        if (!overdue.isEmpty()) {
            CompletableFuture<Map<TopicPartition, Grant>> request = acquisitions.acquire(overdue.keySet());
            overdue.values().forEach(stay -> stay.await(request));
        }
    }

    /** Connect delivers records of partitions that it has not opened, too. */
    @Override
    public boolean admits(TopicPartition partition, long offset) {
        Stay stay = stays.get(partition);
        if (stay == null) {
            open(List.of(partition));
            stay = stays.get(partition);
        }
        return stay != null && admission.admits(partition, stay, offset);
    }

    @Override
    public boolean needsAttention() {
        return !stays.areSettled();
    }

    @Override
    public void close() {
        var unused = acquisitions.verify(reading(stays.partitions()));
        acquisitions.stop(STOP_PATIENCE);
    }
}
