package io.sluice;

import io.sluice.offset.Grant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition while it is assigned, as {@link LedgerPartitions} knows it. */
final class Stay {
    Phase phase = Phase.WAITING;
    CompletableFuture<Map<TopicPartition, Grant>> request;

    @Nullable
    Grant grant;
    /** The first offset that was passed over, negative where none was. */
    long passedOver = -1;
    /** Offsets below it have been delivered, or are durable. */
    long next;
    /** When a lost one may be taken back. */
    long backAt;

    int losses;

    enum Phase {
        /** For the ledger. */
        WAITING,
        /** Connect does that between two calls of {@code put}. */
        SEEKING,
        READING,
        /** To somebody else, or with transactions that the database has lost. */
        LOST
    }

    Stay(CompletableFuture<Map<TopicPartition, Grant>> request) {
        this.request = request;
    }

    void await(CompletableFuture<Map<TopicPartition, Grant>> another) {
        request = another;
        phase = Phase.WAITING;
    }
}
