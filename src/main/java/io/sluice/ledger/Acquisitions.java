package io.sluice.ledger;

import io.sluice.failure.Failures;
import io.sluice.failure.NoSessionException;
import io.sluice.failure.RetryPolicy;
import io.sluice.failure.SinkException;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.failure.Tries;
import io.sluice.failure.Verdict;
import io.sluice.offset.Grant;
import io.sluice.offset.PartitionOffsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes partitions over on a thread of its own, and tries for as long as it takes. The task thread asks and never waits;
 * what it no longer wants is not taken from a new owner.
 */
public final class Acquisitions {
    private static final Logger LOG = LoggerFactory.getLogger(Acquisitions.class);

    private final Ledger ledger;
    private final RetryPolicy retries;
    private final ExecutorService executor;
    private final Set<TopicPartition> wanted = ConcurrentHashMap.newKeySet();

    public Acquisitions(Ledger ledger, RetryPolicy retries, ThreadFactory threads) {
        this.ledger = ledger;
        this.retries = retries;
        this.executor = Executors.newSingleThreadExecutor(threads);
    }

    /**
     * The partitions' grants, some time, but of those that were given up meanwhile. Fails with a {@link SinkException} that
     * says why.
     */
    public CompletableFuture<Map<TopicPartition, Grant>> acquire(Collection<TopicPartition> partitions) {
        wanted.addAll(partitions);
        Set<TopicPartition> all = Set.copyOf(partitions);
        return CompletableFuture.supplyAsync(() -> untilItWorks(all, () -> ledger.acquire(stillWanted(all))), executor);
    }

    /** The same for a partition that starts over at an offset, if the grant for it is still the last. */
    public CompletableFuture<Map<TopicPartition, Grant>> restart(TopicPartition partition, Grant grant, long offset) {
        wanted.add(partition);
        Set<TopicPartition> one = Set.of(partition);
        return CompletableFuture.supplyAsync(
                () -> untilItWorks(one, () -> ledger.restart(partition, grant.token(), offset)), executor);
    }

    /** Looks whether these partitions are where we think, once; where there is no answer nothing is wrong. */
    public CompletableFuture<List<Loss>> verify(Collection<PartitionOffsets> partitions) {
        List<PartitionOffsets> all = List.copyOf(partitions);
        if (all.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return ledger.verify(all);
                    } catch (SQLException e) {
                        LOG.debug("No look at the offsets: {}", e.getSQLState());
                        return List.of();
                    }
                },
                executor);
    }

    /** These partitions have another owner. */
    public void giveUp(Collection<TopicPartition> partitions) {
        wanted.removeAll(partitions);
    }

    /** Ends the thread, waiting for up to that long. */
    public void stop(Duration patience) {
        wanted.clear();
        executor.shutdown();
        try {
            boolean unused = executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
            executor.shutdownNow();
            if (!executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Partitions are still being taken over after {}", patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<TopicPartition> stillWanted(Set<TopicPartition> partitions) {
        Set<TopicPartition> still = new HashSet<>(partitions);
        still.retainAll(wanted);
        return still;
    }

    private interface Try {
        Map<TopicPartition, Grant> run() throws SQLException;
    }

    private Map<TopicPartition, Grant> untilItWorks(Set<TopicPartition> partitions, Try acquisition) {
        Tries tries = retries.newTries();
        while (!stillWanted(partitions).isEmpty()) {
            try {
                return acquisition.run();
            } catch (NoSessionException e) {
                LOG.debug("All sessions are at work, partitions are taken over after that");
            } catch (SQLException e) {
                tries.failed(e);
                backOff(tries, e);
            }
        }
        return Map.of();
    }

    private void backOff(Tries tries, SQLException error) {
        if (SqlStateClassifier.classify(error) != Verdict.TRANSIENT || !tries.mayGoOn()) {
            throw Failures.offsets(error);
        }
        if (tries.isFirst()) {
            LOG.warn("Partitions are not taken over yet, it is tried again: {}", Failures.text(error));
        }
        try {
            Thread.sleep(tries.backoff(error).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SinkException("The task was stopped before it had its partitions");
        }
    }
}
