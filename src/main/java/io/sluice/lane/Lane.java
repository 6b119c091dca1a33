package io.sluice.lane;

import io.sluice.batch.Batch;
import io.sluice.batch.BatchAssembler;
import io.sluice.batch.PlanCache;
import io.sluice.config.WriteConfig;
import io.sluice.failure.Failures;
import io.sluice.failure.NoSessionException;
import io.sluice.failure.SinkException;
import io.sluice.flow.BatchSize;
import io.sluice.flow.CircuitBreaker;
import io.sluice.flow.LaneLimit;
import io.sluice.metrics.SinkMetrics;
import io.sluice.write.PgSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One writing thread with its queue. It writes what its queue holds, up to the batch limits, in one
 * transaction, and reports it as done; until that succeeds it tries again, or fails the task.
 *
 * <p>Threading: {@link #run()} is the lane's own thread and all state is its, but the queue and the session,
 * which the task thread uses to take entries away and to end a statement.
 */
final class Lane implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** How long a lane without work waits before it looks around. */
    private static final Duration IDLE = Duration.ofMinutes(1);
    /** A transaction of less than this part of the limit is small: its lane waits for no other. */
    private static final int SMALL_SHARE = 4;

    /** How many batches' worth of entries are looked through for rows that others refer to. */
    private static final int MOST_BATCHES = 4;

    private final int number;
    private final LaneQueue queue = new LaneQueue();
    private final LaneSession session;
    private final BatchAssembler assembler;
    private final LaneTransaction transaction;
    private final Recovery recovery;
    private final Parking parking;
    private final TableLocks locks;
    private final WriteConfig limits;
    private final BatchSize size;
    private final LaneLimit parallel;
    private final BadRecords badRecords;
    private final CircuitBreaker breaker;
    private final Results results;
    private final Lease lease;
    private final SinkMetrics metrics;
    private volatile boolean stopping;

    Lane(LaneParts parts, int number, LockWaits lockWaits) {
        this.number = number;
        this.session = new LaneSession(parts.sessions());
        PlanCache plans = parts.newPlans();
        this.assembler = new BatchAssembler(plans, parts.writes().insertMode());
        this.transaction = parts.newTransaction(number, session);
        this.limits = parts.writes();
        this.size = parts.newBatchSize();
        this.recovery = new Recovery(parts, session, plans, transaction, size, lockWaits);
        this.parking = new Parking(
                parts.writes().ordering(),
                lockWaits,
                System::nanoTime,
                bound -> ThreadLocalRandom.current().nextLong(bound));
        this.locks = new TableLocks(parts, session, queue, parking, lockWaits);
        this.parallel = parts.parallel();
        this.badRecords = parts.badRecords();
        this.breaker = parts.breaker();
        this.results = parts.results();
        this.lease = parts.lease();
        this.metrics = parts.metrics();
    }

    LaneQueue queue() {
        return queue;
    }

    Parking parking() {
        return parking;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                writeAll(parking.takeDue(size.rows()));
                locks.endTurn();
                List<Entry> taken = queue.take(size.rows(), parking.untilDue(IDLE));
                writeAll(parking.sift(taken));
            }
        } catch (InterruptedException e) {
            LOG.debug("A lane was told to stop");
        } catch (SinkException e) {
            results.failed(e);
        } catch (RuntimeException | Error e) {
            results.failed(Failures.unexpected("A lane", e));
        } finally {
            metrics.laneIdle(number);
            breaker.leave();
            queue.end();
            session.close();
        }
    }

    /** Tells the lane to stop before its next try; what it has not written stays undone. */
    void stop() {
        stopping = true;
    }

    /** Ends the statement that is running, if one is, which takes a connection of its own, and its time. */
    void cancel() {
        session.cancel();
    }

    /** Cuts the connection. */
    void abort() {
        session.abort();
    }

    private void writeAll(List<Entry> taken) throws InterruptedException {
        if (taken.isEmpty()) {
            return;
        }
        List<Entry> entries = taken;
        int start = 0;
        metrics.laneBusy(number);
        recovery.begin();
        while (start < entries.size() && !stopping) {
            breaker.awaitTurn();
            int end = lease.awaitHeld() ? tryOnce(entries, start) : start;
            if (end > start) {
                results.done(entries.subList(start, end));
                start = end;
                recovery.progressed();
            } else if (locks.areInTheWay()) {
                entries = locks.stepAside(entries.subList(start, entries.size()));
                start = 0;
                recovery.begin();
            } else if (recovery.isStepBackDue()) {
                entries = recovery.stepBack(withMore(entries.subList(start, entries.size())));
                start = 0;
            }
        }
        breaker.leave();
        metrics.laneIdle(number);
    }

    /** What some entries refer to and is missing may be in this very queue, or parked. */
    private List<Entry> withMore(List<Entry> left) {
        int room = MOST_BATCHES * limits.batchRows() - left.size();
        List<Entry> joined = new ArrayList<>(left);
        locks.endTurn();
        joined.addAll(parking.takeDue(size.rows()));
        joined.addAll(parking.sift(queue.takeMore(Math.max(0, Math.min(room, limits.batchRows())))));
        return joined;
    }

    /** Tries once to write entries from {@code start} on, and returns where those end that are done. */
    private int tryOnce(List<Entry> entries, int start) throws InterruptedException {
        int limit = recovery.limit(start, Math.min(entries.size(), start + size.rows()));
        queue.hold(entries.subList(start, limit));
        Attempt attempt = new Attempt(entries, start, assembler, badRecords);
        int end = start;
        try {
            end = transaction.settle(start);
            if (end > start) {
                return end;
            }
            // Whoever looks a table up borrows a session, and there may be but this one.
            session.giveBack(true);
            attempt.assemble(limit, limits.batchBytes());
            Batch batch = assembler.batch();
            if (batch.records() > 0 && !write(attempt, batch)) {
                return start;
            }
            recovery.succeeded();
            end = attempt.end();
            return end;
        } catch (NoSessionException e) {
            return start;
        } catch (SQLException e) {
            if (stopping || !locks.met(e, attempt)) {
                recovery.failed(e, attempt, this::letGo, stopping);
            }
            return start;
        } finally {
            assembler.clear();
            queue.release();
            session.giveBack(end < entries.size() || queue.hasMore());
        }
    }

    /** Before a wait, in which others may need what the lane has. */
    private void letGo() {
        queue.release();
        session.giveBack(true);
    }

    /**
     * Writes what was assembled, when it is the lane's turn, and returns whether it is durable: not where it is no longer
     * the task's. The ledger is told before, since lanes whose turn it is should do nothing but write.
     *
     * <p>Waiting for a table's definition, a session or a turn takes time in which a partition may be revoked, and there is
     * no statement yet that the task thread could cancel. So the marks are looked at once more after it: either they are
     * seen here, or the task thread sees the session and cuts it.
     */
    private boolean write(Attempt attempt, Batch batch) throws SQLException, InterruptedException {
        PgSession open = session.open();
        metrics.writing(attempt.work(number, open.backendPid(), size.rows()));
        open.waitForLocks(locks.wait(batch));
        transaction.begin(open, attempt, batch);
        LaneLimit.Turn turn = batch.records() * SMALL_SHARE < size.rows() ? parallel.small() : parallel.large();
        int written = 0;
        try {
            long began = System.nanoTime();
            if (attempt.holdsRevoked() || !transaction.write(open, attempt, batch)) {
                session.rollback();
                return false;
            }
            written = batch.records();
            Duration time = Duration.ofNanos(System.nanoTime() - began);
            size.committed(batch.records(), time);
            metrics.committed(attempt.committed(number, batch, time));
            breaker.answered();
            LOG.debug("Committed {} records, {} bytes", batch.records(), batch.bytes());
            return true;
        } finally {
            turn.end(written);
        }
    }
}
