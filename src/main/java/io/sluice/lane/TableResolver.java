package io.sluice.lane;

import io.sluice.failure.Failures;
import io.sluice.failure.RetryPolicy;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.failure.Verdict;
import io.sluice.metrics.SinkMetrics;
import io.sluice.record.Change;
import io.sluice.record.RecordException;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks tables up, and has them created, on a thread of its own, where the key of a record is not known before its
 * table is. The task thread asks and never waits.
 */
final class TableResolver {
    private static final Logger LOG = LoggerFactory.getLogger(TableResolver.class);

    private final TableCatalog catalog;
    private final RetryPolicy retries;
    private final SinkMetrics metrics;
    private final ExecutorService executor;

    TableResolver(TableCatalog catalog, RetryPolicy retries, SinkMetrics metrics, ThreadFactory threads) {
        this.catalog = catalog;
        this.retries = retries;
        this.metrics = metrics;
        this.executor = Executors.newSingleThreadExecutor(threads);
    }

    /**
     * The table of an entry, some time; empty where there is none and nothing to do about it. Fails with a
     * {@link io.sluice.failure.SinkException} that says why.
     */
    CompletableFuture<Optional<TableSchema>> resolve(Entry entry) {
        return CompletableFuture.supplyAsync(() -> lookUp(entry), executor);
    }

    void stop() {
        executor.shutdownNow();
    }

    void awaitStop(Duration longest) {
        try {
            if (!executor.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A table look-up is still under way after {}", longest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<TableSchema> lookUp(Entry entry) {
        int failures = 0;
        while (true) {
            try {
                Change change = entry.change();
                return change.operation() == Change.Operation.WRITE
                        ? Optional.of(catalog.fit(entry.table(), change.shape()))
                        : catalog.find(entry.table());
            } catch (RecordException e) {
                throw Failures.badRecord(entry.change().origin(), entry.table().toString(), e);
            } catch (SQLException e) {
                backOff(entry, ++failures, e);
            }
        }
    }

    private void backOff(Entry entry, int failures, SQLException error) {
        Verdict verdict = SqlStateClassifier.classify(error);
        String table = entry.table().toString();
        boolean mayPass = verdict == Verdict.TRANSIENT || (verdict == Verdict.SCHEMA_CHANGED && failures == 1);
        if (verdict == Verdict.BAD_RECORD) {
            throw Failures.refused(entry.change().origin(), table, Optional.empty(), error);
        }
        if (!mayPass) {
            throw Failures.fatal(entry.change().origin(), table, error);
        }
        if (!retries.allows(failures)) {
            throw Failures.retriesExhausted(entry.change().origin(), table, failures, error);
        }
        metrics.retried(error.getSQLState());
        if (failures == 1) {
            LOG.warn("Table {} cannot be looked up and is tried again: {}", table, Failures.text(error));
        }
        try {
            Thread.sleep(retries.backoff(failures, error).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.retriesExhausted(entry.change().origin(), table, failures, error);
        }
    }
}
