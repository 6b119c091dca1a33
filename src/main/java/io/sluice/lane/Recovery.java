package io.sluice.lane;

import io.sluice.batch.PlanCache;
import io.sluice.failure.Failures;
import io.sluice.failure.Refusal;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.failure.Tries;
import io.sluice.failure.Verdict;
import io.sluice.flow.BatchSize;
import io.sluice.flow.CircuitBreaker;
import io.sluice.ledger.StaleClaimException;
import io.sluice.metrics.SinkMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane does about a transaction that failed: whether it waits and tries the same again, reads a table again, looks for
 * the record to blame, or gives up.
 *
 * <p>Belongs to one lane.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** For how many bad records in a row the column to blame is looked for, which takes a statement for each column. */
    private static final int MOST_BLAMED = 10;

    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final String INTERNAL_ERROR = "XX000";

    private final LaneSession session;
    private final PlanCache plans;
    private final LaneTransaction transaction;
    private final BatchSize size;
    private final LockWaits lockWaits;
    private final SinkMetrics metrics;
    private final CircuitBreaker breaker;
    private final Blame blame;
    private final PoisonIsolation isolation = new PoisonIsolation();
    private final MissingParents parents = new MissingParents(System::nanoTime);
    private final Tries tries;
    /** Bad records among the entries that the lane has taken. */
    private int found;

    private boolean refreshed;

    Recovery(
            LaneParts parts,
            LaneSession session,
            PlanCache plans,
            LaneTransaction transaction,
            BatchSize size,
            LockWaits lockWaits) {
        this.session = session;
        this.plans = plans;
        this.transaction = transaction;
        this.size = size;
        this.lockWaits = lockWaits;
        this.tries = parts.retries().newTries();
        this.metrics = parts.metrics();
        this.breaker = parts.breaker();
        this.blame = new Blame(session, parts.writer());
    }

    /** The lane begins with entries that it has just taken. */
    void begin() {
        found = 0;
        isolation.clear();
        parents.clear();
    }

    /** How far the next try may reach, when it starts at {@code start} of {@code end} entries. */
    int limit(int start, int end) {
        return isolation.limit(start, end);
    }

    /** A try went well, whether or not there was anything to write. */
    void succeeded() {
        tries.succeeded();
        refreshed = false;
        isolation.passed();
    }

    /** Entries are done with. */
    void progressed() {
        parents.progressed();
    }

    /** Whether the order of what is left has to change. */
    boolean isStepBackDue() {
        return parents.isStepBackDue();
    }

    /** The same entries in the order in which they are tried next, after a wait if that is all that is left to do. */
    List<Entry> stepBack(List<Entry> left) throws InterruptedException {
        isolation.clear();
        List<Entry> entries = parents.stepBack(left);
        if (parents.isBlocked(entries.get(0))) {
            metrics.retried(FOREIGN_KEY_VIOLATION);
            Thread.sleep(parents.nextWait().toMillis());
        }
        return entries;
    }

    /**
     * Does what is to be done before the attempt is made again.
     *
     * @param release lets go of what the lane holds, before a wait
     * @param stopping whether the lane was told to end, which may be what made the attempt fail
     * @throws io.sluice.failure.SinkException where trying again is no use
     */
    void failed(SQLException error, Attempt attempt, Runnable release, boolean stopping) throws InterruptedException {
        if (error instanceof StaleClaimException) {
            session.rollback();
            transaction.refused(attempt);
            return;
        }
        Verdict verdict = SqlStateClassifier.classify(error);
        if (verdict == Verdict.TRANSIENT && attempt.holdsRevoked()) {
            // Most likely the task thread has ended the statement: what is left is tried without what was taken away.
            session.endAfter(error);
            return;
        }
        boolean isNews = true;
        if (SqlStateClassifier.isUnreachable(error)) {
            isNews = breaker.failed();
        } else {
            breaker.answered();
        }
        if (stopping && !(verdict == Verdict.BAD_RECORD && attempt.isSingle())) {
            return;
        }
        switch (verdict) {
            case TRANSIENT -> {
                session.endAfter(error);
                Duration wait = waitAfter(error, attempt, isNews);
                release.run();
                Thread.sleep(wait.toMillis());
            }
            case SCHEMA_CHANGED -> refresh(error, attempt);
            case PARENT_MISSING -> {
                if (lockWaits.areAnyParked()) {
                    // What is missing may wait for a table that is locked.
                    parents.progressed();
                }
                if (attempt.isSingle() && !parents.isHopeless(attempt.first())) {
                    session.rollback();
                    parents.block(attempt.first());
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
            putAsideTheOne(error, attempt);
            return;
        }
        OptionalInt suspect = attempt.suspect(error);
        if (suspect.isEmpty()) {
            isolation.refused(attempt.end());
        } else if (Refusal.of(error).ofRowAlone() && attempt.toleratesBadRecords()) {
            putAside(suspect.getAsInt(), Optional.empty(), error, attempt);
            return;
        } else {
            isolation.refused(attempt.end(), suspect.getAsInt());
        }
        session.rollback();
        LOG.debug("A batch was refused, looking for the record: {}", error.getSQLState());
    }

    private void putAsideTheOne(SQLException error, Attempt attempt) {
        if (attempt.isLetter()) {
            throw Failures.letterRefused(attempt.origin(), error);
        }
        Optional<String> column = found < MOST_BLAMED ? blame.column(error, attempt) : Optional.empty();
        putAside(attempt.start(), column, error, attempt);
    }

    private void putAside(int index, Optional<String> column, SQLException error, Attempt attempt) {
        attempt.putAside(index, column, error);
        session.rollback();
        isolation.found(attempt.start(), index);
        found++;
        size.refused();
    }

    /**
     * @param isNews whether no other lane has said that the server cannot be reached
     */
    private Duration waitAfter(SQLException error, Attempt attempt, boolean isNews) {
        tries.failed(error);
        metrics.retried(error.getSQLState());
        if (SqlStateClassifier.isStrain(error)) {
            size.strained();
        }
        if (!tries.mayGoOn()) {
            throw Failures.retriesExhausted(attempt.origin(), attempt.table(), tries.counted(), error);
        }
        if (tries.isFirst() && isNews) {
            LOG.warn("Writing waits and is tried again: {}", Failures.text(error));
        }
        return tries.backoff(error);
    }

    private void refresh(SQLException error, Attempt attempt) {
        if (refreshed && INTERNAL_ERROR.equals(error.getSQLState())) {
            // Extensions say so of a value that they cannot read, PostGIS of a geometry for example.
            isolate(error, attempt);
            return;
        }
        if (refreshed) {
            throw Failures.fatal(attempt.origin(), attempt.table(), error);
        }
        refreshed = true;
        metrics.retried(error.getSQLState());
        attempt.tables().forEach(plans::forget);
        session.close();
        LOG.info("A table has changed, it is read again: {}", Failures.text(error));
    }
}
