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
import io.sluice.flow.BatchSize;
import io.sluice.flow.LaneLimit;
import io.sluice.ledger.StaleClaimException;
import io.sluice.metrics.SinkMetrics;
import io.sluice.write.BatchWriter;
import io.sluice.write.PgSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One writing thread with its queue and its connection. It writes what its queue holds, up to the batch limits, in one
 * transaction, and reports it as done; until that succeeds it tries again, or fails the task.
 *
 * <p>Threading: {@link #run()} is the lane's own thread and all state is its, but the queue and the session,
 * which the task thread uses to take entries away and to end a statement.
 */
final class Lane implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    /** Of the table or of the domain that a column has for its type. */
    private static final String CHECK_VIOLATION = "23514";

    /** A transaction of less than this part of the limit is small: its lane waits for no other. */
    private static final int SMALL_SHARE = 4;

    /** How many batches' worth of entries are looked through for rows that others refer to. */
    private static final int MOST_BATCHES = 4;

    private final int number;
    private final LaneQueue queue = new LaneQueue();
    private final PoisonIsolation isolation = new PoisonIsolation();
    private final MissingParents parents = new MissingParents(System::nanoTime);
    private final LaneSession session;
    private final PlanCache plans;
    private final BatchAssembler assembler;
    private final BatchWriter writer;
    private final LaneTransaction transaction;
    private final WriteConfig limits;
    private final BatchSize size;
    private final LaneLimit parallel;
    private final RetryPolicy retries;
    private final Results results;
    private final Lease lease;
    private final SinkMetrics metrics;
    private volatile boolean stopping;
    private int failures;
    private boolean refreshed;

    Lane(LaneParts parts, int number) {
        this.number = number;
        this.session = new LaneSession(parts.sessions());
        this.plans = parts.newPlans();
        this.assembler = new BatchAssembler(plans, parts.writes().insertMode());
        this.writer = parts.writer();
        this.transaction = parts.newTransaction(number, session);
        this.limits = parts.writes();
        this.size = parts.newBatchSize();
        this.parallel = parts.parallel();
        this.retries = parts.retries();
        this.results = parts.results();
        this.lease = parts.lease();
        this.metrics = parts.metrics();
    }

    LaneQueue queue() {
        return queue;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                List<Entry> entries = queue.take(size.rows(), IDLE);
                if (entries.isEmpty()) {
                    session.close();
                } else {
                    metrics.laneBusy(number);
                    writeAll(entries);
                    metrics.laneIdle(number);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("A lane was told to stop");
        } catch (SinkException e) {
            results.failed(e);
        } catch (RuntimeException | Error e) {
            results.failed(Failures.unexpected("A lane", e));
        } finally {
            metrics.laneIdle(number);
            queue.end();
            session.close();
        }
    }

    /** Tells the lane to stop; what it has not written stays undone. */
    void stop() {
        stopping = true;
        cancel();
    }

    /** Ends the statement that is running, if one is. */
    void cancel() {
        session.cancel();
    }

    /** Cuts the connection. */
    void abort() {
        session.abort();
    }

    private void writeAll(List<Entry> taken) throws InterruptedException {
        List<Entry> entries = taken;
        int start = 0;
        isolation.clear();
        parents.clear();
        while (start < entries.size() && !stopping) {
            int end = lease.awaitHeld() ? tryOnce(entries, start) : start;
            if (end > start) {
                results.done(entries.subList(start, end));
                start = end;
                parents.progressed();
            } else if (parents.isStepBackDue()) {
                entries = stepBack(entries.subList(start, entries.size()));
                start = 0;
                isolation.clear();
            }
        }
    }

    /** Puts aside what refers to rows that are not there; what is missing may be in this very queue. */
    private List<Entry> stepBack(List<Entry> left) throws InterruptedException {
        int room = MOST_BATCHES * limits.batchRows() - left.size();
        List<Entry> entries = parents.stepBack(queue.join(left, Math.max(0, Math.min(room, limits.batchRows()))));
        if (parents.isBlocked(entries.get(0))) {
            metrics.retried(FOREIGN_KEY_VIOLATION);
            Thread.sleep(parents.nextWait().toMillis());
        }
        return entries;
    }

    /** Tries once to write entries from {@code start} on, and returns where those end that are done. */
    private int tryOnce(List<Entry> entries, int start) throws InterruptedException {
        int limit = isolation.limit(start, Math.min(entries.size(), start + size.rows()));
        queue.hold(entries.subList(start, limit));
        Attempt attempt = new Attempt(entries, start, assembler);
        try {
            int known = transaction.settle(start);
            if (known > start) {
                return known;
            }
            attempt.assemble(limit, limits.batchBytes());
            Batch batch = assembler.batch();
            if (batch.records() > 0 && !write(attempt, batch)) {
                return start;
            }
            failures = 0;
            refreshed = false;
            return attempt.end();
        } catch (SQLException e) {
            failed(e, attempt);
            return start;
        } finally {
            assembler.clear();
            queue.release();
        }
    }

    /**
     * Writes what was assembled, when it is the lane's turn, and returns whether it is durable: not where it is no longer
     * the task's.
     *
     * <p>Waiting for a table's definition, a session or a turn takes time in which a partition may be revoked, and there is
     * no statement yet that the task thread could cancel. So the marks are looked at once more after it: either they are
     * seen here, or the task thread sees the session and cuts it.
     */
    private boolean write(Attempt attempt, Batch batch) throws SQLException, InterruptedException {
        PgSession open = session.open();
        LaneLimit.Turn turn = batch.records() * SMALL_SHARE < size.rows() ? parallel.small() : parallel.large();
        int written = 0;
        try {
            if (attempt.holdsRevoked()) {
                return false;
            }
            long began = System.nanoTime();
            if (!transaction.write(open, attempt, batch)) {
                session.rollback();
                return false;
            }
            written = batch.records();
            size.committed(batch.records(), Duration.ofNanos(System.nanoTime() - began));
            metrics.committed(batch.records(), batch.rows(), batch.bytes());
            LOG.debug("Committed {} records, {} bytes", batch.records(), batch.bytes());
            return true;
        } finally {
            turn.end(written);
        }
    }

    private void failed(SQLException error, Attempt attempt) throws InterruptedException {
        if (error instanceof StaleClaimException) {
            session.rollback();
            transaction.refused(attempt);
            return;
        }
        Verdict verdict = SqlStateClassifier.classify(error);
        if (stopping && !(verdict == Verdict.BAD_RECORD && attempt.isSingle())) {
            return;
        }
        switch (verdict) {
            case TRANSIENT -> {
                session.endAfter(error);
                backOff(error, attempt);
            }
            case SCHEMA_CHANGED -> refresh(error, attempt);
            case PARENT_MISSING -> {
                if (attempt.isSingle() && !parents.isHopeless()) {
                    session.rollback();
                    parents.block(attempt.tables().get(0));
                } else {
                    isolate(error, attempt);
                }
            }
            case BAD_RECORD -> isolate(error, attempt);
            case FATAL -> throw Failures.fatal(attempt.origin(), attempt.table(), error);
        }
    }

    private void isolate(SQLException error, Attempt attempt) {
        if (attempt.isSingle()) {
            throw Failures.refused(attempt.origin(), attempt.table(), refusingColumn(error), error);
        }
        isolation.refused(attempt.end());
        session.rollback();
        LOG.debug("A batch was refused, looking for the record: {}", error.getSQLState());
    }

    private void backOff(SQLException error, Attempt attempt) throws InterruptedException {
        failures++;
        metrics.retried(error.getSQLState());
        if (SqlStateClassifier.isStrain(error)) {
            size.strained();
        }
        if (!retries.allows(failures)) {
            throw Failures.retriesExhausted(attempt.origin(), attempt.table(), failures, error);
        }
        if (failures == 1) {
            LOG.warn("Writing waits and is tried again: {}", Failures.text(error));
        }
        queue.release();
        // A wait for a lock was a wait already: the next one starts soon, not after ever longer pauses.
        boolean locked = LOCK_NOT_AVAILABLE.equals(error.getSQLState());
        Thread.sleep(retries.backoff(locked ? 1 : failures).toMillis());
    }

    private void refresh(SQLException error, Attempt attempt) {
        if (refreshed) {
            throw Failures.fatal(attempt.origin(), attempt.table(), error);
        }
        refreshed = true;
        metrics.retried(error.getSQLState());
        attempt.tables().forEach(plans::forget);
        session.close();
        LOG.info("A table has changed, it is read again: {}", Failures.text(error));
    }

    /** Finds the column to blame, where PostgreSQL does not name it. */
    private Optional<String> refusingColumn(SQLException error) {
        String state = error.getSQLState();
        Optional<PgSession> open = session.current();
        boolean ofColumn = state != null && (state.startsWith("22") || state.equals(CHECK_VIOLATION));
        if (!ofColumn || open.isEmpty()) {
            return Optional.empty();
        }
        try {
            open.get().rollback();
            return writer.refusingColumn(open.get(), assembler.batch());
        } catch (SQLException e) {
            LOG.debug("The column to blame could not be found: {}", e.getSQLState());
            return Optional.empty();
        }
    }
}
