package io.sluice.lane;

import io.sluice.failure.Failures;
import io.sluice.failure.NoSessionException;
import io.sluice.failure.RetryPolicy;
import io.sluice.failure.SinkException;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.failure.Tries;
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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
    private final ScheduledExecutorService executor;

    TableResolver(TableCatalog catalog, RetryPolicy retries, SinkMetrics metrics, ThreadFactory threads) {
        this.catalog = catalog;
        this.retries = retries;
        this.metrics = metrics;
        this.executor = Executors.newSingleThreadScheduledExecutor(threads);
    }

    /**
     * The table of an entry, some time; empty where there is none and nothing to do about it. Fails with a
     * {@link io.sluice.failure.SinkException} that says why.
     */
    CompletableFuture<Optional<TableSchema>> resolve(Entry entry) {
        CompletableFuture<Optional<TableSchema>> answer = new CompletableFuture<>();
        executor.execute(() -> lookUp(entry, retries.newTries(), answer));
        return answer;
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

    private void lookUp(Entry entry, Tries tries, CompletableFuture<Optional<TableSchema>> answer) {
        try {
            answer.complete(lookUp(entry));
        } catch (NoSessionException e) {
            executor.execute(() -> lookUp(entry, tries, answer));
        } catch (SQLException e) {
            tryAgain(entry, tries, answer, e);
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private Optional<TableSchema> lookUp(Entry entry) throws SQLException {
        try {
            Change change = entry.change();
            return change.operation() == Change.Operation.WRITE
                    ? Optional.of(catalog.fit(entry.table(), change.shape()))
                    : catalog.find(entry.table());
        } catch (RecordException e) {
            throw Failures.badRecord(entry.change().origin(), entry.table().toString(), e);
        }
    }

    /** Other tables are looked up meanwhile. */
    private void tryAgain(
            Entry entry, Tries tries, CompletableFuture<Optional<TableSchema>> answer, SQLException error) {
        tries.failed(error);
        Optional<SinkException> problem = problem(entry, tries, error);
        if (problem.isPresent()) {
            answer.completeExceptionally(problem.get());
            return;
        }
        metrics.retried(error.getSQLState());
        if (tries.isFirst()) {
            LOG.warn("Table {} cannot be looked up and is tried again: {}", entry.table(), Failures.text(error));
        }
        long pause = tries.backoff(error).toMillis();
        var unused = executor.schedule(() -> lookUp(entry, tries, answer), pause, TimeUnit.MILLISECONDS);
    }

    /** Why it is no use to try again, if that is so. */
    private Optional<SinkException> problem(Entry entry, Tries tries, SQLException error) {
        Verdict verdict = SqlStateClassifier.classify(error);
        String table = entry.table().toString();
        if (verdict == Verdict.BAD_RECORD) {
            return Optional.of(Failures.refused(entry.change().origin(), table, Optional.empty(), error));
        }
        boolean mayPass = verdict == Verdict.TRANSIENT || (verdict == Verdict.SCHEMA_CHANGED && tries.isFirst());
        if (!mayPass) {
            return Optional.of(Failures.fatal(entry.change().origin(), table, error));
        }
        return tries.mayGoOn()
                ? Optional.empty()
                : Optional.of(Failures.retriesExhausted(entry.change().origin(), table, tries.counted(), error));
    }
}
