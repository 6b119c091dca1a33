package io.sluice.lane;

import io.sluice.batch.Batch;
import io.sluice.batch.BatchAssembler;
import io.sluice.batch.PlanCache;
import io.sluice.config.WriteConfig;
import io.sluice.failure.Failures;
import io.sluice.failure.RetryPolicy;
import io.sluice.failure.SinkException;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.failure.Verdict;
import io.sluice.metrics.SinkMetrics;
import io.sluice.record.RecordException;
import io.sluice.write.BatchWriter;
import io.sluice.write.PgSession;
import io.sluice.write.Sessions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One writing thread with its queue and its connection. It writes what its queue holds, up to the batch limits, in one
 * transaction, and reports it as done; until that succeeds it tries again, or fails the task.
 *
 * <p>Threading: {@link #run()} is the lane's own thread and all state is its, but the queue and the session's reference,
 * which the task thread uses to take entries away and to end a statement.
 */
final class Lane implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final LaneQueue queue = new LaneQueue();
    private final AtomicReference<@Nullable PgSession> session = new AtomicReference<>();
    private final PoisonIsolation isolation = new PoisonIsolation();
    private final Sessions sessions;
    private final PlanCache plans;
    private final BatchAssembler assembler;
    private final BatchWriter writer;
    private final WriteConfig limits;
    private final RetryPolicy retries;
    private final Results results;
    private final SinkMetrics metrics;
    private volatile boolean stopping;
    private int failures;
    private boolean refreshed;

    Lane(LaneParts parts) {
        this.sessions = parts.sessions();
        this.plans = parts.newPlans();
        this.assembler = new BatchAssembler(plans, parts.writes().insertMode());
        this.writer = parts.writer();
        this.limits = parts.writes();
        this.retries = parts.retries();
        this.results = parts.results();
        this.metrics = parts.metrics();
    }

    LaneQueue queue() {
        return queue;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                List<Entry> entries = queue.take(limits.batchRows(), IDLE);
                if (entries.isEmpty()) {
                    closeSession();
                } else {
                    writeAll(entries);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("A lane was told to stop");
        } catch (SinkException e) {
            results.failed(e);
        } catch (RuntimeException | Error e) {
            results.failed(new SinkException(
                    "A lane ended unexpectedly, which is a fault of Sluice: "
                            + e.getClass().getName()
                            + ". Nothing is lost; restart the task, and report the stack trace below.",
                    e));
        } finally {
            queue.release();
            closeSession();
        }
    }

    /** Tells the lane to stop; what it has not written stays undone. */
    void stop() {
        stopping = true;
        cancel();
    }

    /** Ends the statement that is running, if one is. */
    void cancel() {
        PgSession current = session.get();
        if (current != null) {
            current.cancel();
        }
    }

    /** Cuts the connection. */
    void abort() {
        PgSession current = session.get();
        if (current != null) {
            current.abort();
        }
    }

    private void writeAll(List<Entry> entries) throws InterruptedException {
        int start = 0;
        isolation.clear();
        while (start < entries.size() && !stopping) {
            int end = writeSome(entries, start);
            if (end > start) {
                results.done(entries.subList(start, end));
                start = end;
            }
        }
    }

    /** Tries once to write entries from {@code start} on, and returns where those end that are done. */
    private int writeSome(List<Entry> entries, int start) throws InterruptedException {
        int limit = isolation.limit(start, entries.size());
        queue.hold(entries.subList(start, limit));
        Attempt attempt = new Attempt(entries, start);
        try {
            attempt.assemble(limit);
            Batch batch = assembler.batch();
            if (batch.records() > 0) {
                writer.write(openSession(), batch);
                metrics.committed(batch.records(), batch.rows(), batch.bytes());
                LOG.debug("Committed {} records, {} bytes", batch.records(), batch.bytes());
            }
            failures = 0;
            refreshed = false;
            return attempt.end;
        } catch (SQLException e) {
            failed(e, attempt);
            return start;
        } finally {
            assembler.clear();
            queue.release();
        }
    }

    /** One try: the entries that it has encoded so far. */
    private final class Attempt {
        private final List<Entry> entries;
        private final int start;
        private int end;

        Attempt(List<Entry> entries, int start) {
            this.entries = entries;
            this.start = start;
            this.end = start;
        }

        Entry first() {
            return entries.get(start);
        }

        /** Encodes entries until the batch is full; entries of revoked partitions are done with as they are. */
        void assemble(int limit) throws SQLException {
            while (end < limit && assembler.bytes() < limits.batchBytes()) {
                Entry entry = entries.get(end);
                if (!entry.revoked() && !add(entry)) {
                    return;
                }
                end++;
            }
        }

        /** Encodes one entry; where it does not fit, what came before it is written first. */
        private boolean add(Entry entry) throws SQLException {
            try {
                assembler.add(entry.table(), entry.change());
                return true;
            } catch (RecordException e) {
                if (end > start) {
                    return false;
                }
                throw Failures.badRecord(entry.change().origin(), entry.table().toString(), e);
            }
        }
    }

    private void failed(SQLException error, Attempt attempt) throws InterruptedException {
        Verdict verdict = SqlStateClassifier.classify(error);
        boolean alone = attempt.end - attempt.start <= 1;
        if (verdict == Verdict.BAD_RECORD && alone) {
            throw Failures.refused(
                    attempt.first().change().origin(),
                    attempt.first().table().toString(),
                    refusingColumn(error),
                    error);
        }
        if (stopping) {
            return;
        }
        switch (verdict) {
            case TRANSIENT -> {
                closeSession();
                backOff(error, attempt);
            }
            case SCHEMA_CHANGED -> refresh(error, attempt);
            case BAD_RECORD -> {
                isolation.refused(attempt.end);
                rollback();
                LOG.debug(
                        "A batch of {} was refused, looking for the record: {}",
                        attempt.end - attempt.start,
                        error.getSQLState());
            }
            case FATAL ->
                throw Failures.fatal(
                        Optional.of(attempt.first().change().origin()),
                        attempt.first().table().toString(),
                        error);
        }
    }

    private void backOff(SQLException error, Attempt attempt) throws InterruptedException {
        failures++;
        metrics.retried();
        if (!retries.allows(failures)) {
            throw Failures.retriesExhausted(
                    attempt.first().change().origin(), attempt.first().table().toString(), failures, error);
        }
        if (failures == 1) {
            LOG.warn("Writing waits and is tried again: {}", Failures.text(error));
        }
        queue.release();
        Thread.sleep(retries.backoff(failures).toMillis());
    }

    private void refresh(SQLException error, Attempt attempt) {
        if (refreshed) {
            throw Failures.fatal(
                    Optional.of(attempt.first().change().origin()),
                    attempt.first().table().toString(),
                    error);
        }
        refreshed = true;
        metrics.retried();
        attempt.entries.subList(attempt.start, attempt.end).stream()
                .map(Entry::table)
                .distinct()
                .forEach(plans::forget);
        plans.forget(attempt.first().table());
        closeSession();
        LOG.info("A table has changed, it is read again: {}", Failures.text(error));
    }

    /** Finds the column to blame, where PostgreSQL does not name it. */
    private Optional<String> refusingColumn(SQLException error) {
        String state = error.getSQLState();
        PgSession current = session.get();
        if (state == null || !state.startsWith("22") || current == null) {
            return Optional.empty();
        }
        try {
            current.rollback();
            return writer.refusingColumn(current, assembler.batch());
        } catch (SQLException e) {
            LOG.debug("The column to blame could not be found: {}", e.getSQLState());
            return Optional.empty();
        }
    }

    private void rollback() {
        PgSession current = session.get();
        if (current != null) {
            try {
                current.rollback();
            } catch (SQLException e) {
                closeSession();
            }
        }
    }

    private PgSession openSession() throws SQLException {
        PgSession current = session.get();
        if (current == null) {
            current = sessions.open();
            session.set(current);
        }
        return current;
    }

    private void closeSession() {
        PgSession current = session.getAndSet(null);
        if (current != null) {
            current.close();
        }
    }
}
