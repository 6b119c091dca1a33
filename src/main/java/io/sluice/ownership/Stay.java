package io.sluice.ownership;

import io.sluice.offset.Grant;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition while it is assigned, as {@link LedgerPartitions} knows it. */
final class Stay {
    /** In which a worker that stood still learns from its group that it has lost its partitions. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** A worker may stand still now and then, over months. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    Phase phase = Phase.WAITING;
    CompletableFuture<Map<TopicPartition, Grant>> request;

    @Nullable
    Grant grant;
    /** Until the log has shown that it goes on where it should. */
    @Nullable
    Beginning beginning;
    /** Where Kafka's group stood when the partition was assigned; negative where that is not known. */
    long group = -1;

    final long groupUntil;
    /** The first offset that was passed over and comes again, negative where none was. */
    long passedOver = -1;
    /** Offsets below it have been delivered, or are durable. */
    long next;

    private int losses;
    private long lostAt;
    private long backAt;

    enum Phase {
        /** For the ledger. */
        WAITING,
        /** Connect does that between two calls of {@code put}. */
        SEEKING,
        READING,
        /** To somebody else, or with transactions that the database has lost. */
        LOST
    }

    /**
     * @param groupUntil how long it may be waited for what is known of the group
     */
    Stay(CompletableFuture<Map<TopicPartition, Grant>> request, long groupUntil) {
        this.request = request;
        this.groupUntil = groupUntil;
    }

    void await(CompletableFuture<Map<TopicPartition, Grant>> another) {
        request = another;
        phase = Phase.WAITING;
    }

    /**
     * It is not ours for now.
     *
     * @param toAnother whether somebody else has it, and Connect may have to say so
     */
    void lose(long now, boolean toAnother) {
        phase = Phase.LOST;
        losses = now - lostAt > FORGOTTEN_AFTER.toNanos() ? 1 : losses + 1;
        lostAt = now;
        backAt = toAnother ? now + GRACE.toNanos() : now;
    }

    /** How often it was lost in a row. */
    int losses() {
        return losses;
    }

    /** Whether a lost one may be taken back. */
    boolean isOverdue(long now) {
        return phase == Phase.LOST && now - backAt >= 0;
    }
}
