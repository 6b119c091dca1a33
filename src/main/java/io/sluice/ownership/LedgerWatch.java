package io.sluice.ownership;

import io.sluice.ledger.Acquisitions;
import io.sluice.ledger.Loss;
import io.sluice.offset.PartitionOffsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Looks from time to time whether PostgreSQL still knows what it has confirmed. Belongs to the task thread, which never waits. */
final class LedgerWatch {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Acquisitions acquisitions;
    private final LongSupplier nanos;
    private Optional<CompletableFuture<List<Loss>>> underWay = Optional.empty();
    private long next;

    LedgerWatch(Acquisitions acquisitions, LongSupplier nanos) {
        this.acquisitions = acquisitions;
        this.nanos = nanos;
        this.next = nanos.getAsLong() + INTERVAL.toNanos();
    }

    /** What the last look has found, once; begins another one when it is time. */
    List<Loss> look(Supplier<? extends Collection<PartitionOffsets>> partitions) {
        List<Loss> found = List.of();
        if (underWay.isPresent() && underWay.get().isDone()) {
            found = underWay.get().join();
            underWay = Optional.empty();
        }
        if (underWay.isEmpty() && nanos.getAsLong() - next >= 0) {
            next = nanos.getAsLong() + INTERVAL.toNanos();
            underWay = Optional.of(acquisitions.verify(partitions.get()));
        }
        return found;
    }
}
