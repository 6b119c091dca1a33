package io.sluice.lane;

import io.sluice.batch.PlanCache;
import io.sluice.config.InsertMode;
import io.sluice.config.WriteOrdering;
import io.sluice.failure.BadRecordException;
import io.sluice.failure.Failures;
import io.sluice.failure.Refusal;
import io.sluice.failure.RetryPolicy;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.failure.Verdict;
import io.sluice.flow.BatchSize;
import io.sluice.flow.CircuitBreaker;
import io.sluice.ledger.StaleClaimException;
import io.sluice.metrics.SinkMetrics;
import io.sluice.write.BatchWriter;
import io.sluice.write.PgSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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

    private static final String NOT_NULL_VIOLATION = "23502";

    /** Of a transaction whose changes are written one by one. */
    private static final int MOST_ONE_BY_ONE = 1_000;

    private final LaneSession session;
    private final PlanCache plans;
    private final LaneTransaction transaction;
    private final BatchSize size;
    private final LockWaits lockWaits;
    private final RetryPolicy retries;
    private final SinkMetrics metrics;
    private final CircuitBreaker breaker;
    private final BatchWriter writer;
    private final OrderedTables ordered;
    private final InsertMode insertMode;
    private final Blame blame;
    private final PoisonIsolation isolation = new PoisonIsolation();
    private final MissingParents parents = new MissingParents(System::nanoTime);
    private final UniqueConflicts conflicts;
    /** What a row alone was refused with although no human could mend that, or the table seemed to have changed. */
    private final Set<String> ofRows = new HashSet<>();

    private WriteOrdering ordering = WriteOrdering.KEY;
    private int failures;
    /** Bad records among the entries that the lane has taken. */
    private int found;

    private boolean refreshed;

    Recovery(
            LaneParts parts,
            LaneSession session,
            PlanCache plans,
            LaneTransaction transaction,
            BatchSize size,
            LockWaits lockWaits,
            OrderedTables ordered) {
        this.session = session;
        this.plans = plans;
        this.transaction = transaction;
        this.size = size;
        this.lockWaits = lockWaits;
        this.retries = parts.retries();
        this.metrics = parts.metrics();
        this.breaker = parts.breaker();
        this.writer = parts.writer();
        this.ordered = ordered;
        this.insertMode = parts.writes().insertMode();
        this.blame = new Blame(session, parts.writer());
        this.conflicts = new UniqueConflicts(parts.writes().ordering(), System::nanoTime);
    }

    /** The lane begins with entries that it has just taken. */
    void begin() {
        found = 0;
        isolation.clear();
        parents.clear();
        conflicts.clear();
        ordering = WriteOrdering.KEY;
    }

    /** How the changes of the next try are ordered. */
    WriteOrdering ordering() {
        return ordering;
    }

    /** How far the next try may reach, when it starts at {@code start} of {@code end} entries. */
    int limit(int start, int end) {
        int most = ordering == WriteOrdering.PARTITION ? Math.min(end, start + MOST_ONE_BY_ONE) : end;
        return isolation.limit(start, most);
    }

    /** A try went well, whether or not there was anything to write. */
    void succeeded() {
        failures = 0;
        refreshed = false;
        isolation.passed();
    }

    /** Entries are done with. */
    void progressed() {
        parents.progressed();
        conflicts.progressed();
    }

    /** Whether the order of what is left has to change. */
    boolean isStepBackDue() {
        return parents.isStepBackDue() || conflicts.isStepBackDue();
    }

    /** The same entries in the order in which they are tried next, after a wait if that is all that is left to do. */
    List<Entry> stepBack(List<Entry> left) throws InterruptedException {
        isolation.clear();
        List<Entry> entries = conflicts.stepBack(parents.stepBack(left));
        if (conflicts.isBlocked(entries.get(0))) {
            isolation.startSmall();
            Thread.sleep(conflicts.nextWait().toMillis());
        } else if (parents.isBlocked(entries.get(0))) {
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
        boolean raised = attempt.isWriting() && Failures.isRaised(error);
        Verdict verdict = SqlStateClassifier.classify(error);
        if (verdict == Verdict.TRANSIENT && attempt.holdsRevoked()) {
            // Most likely the task thread has ended the statement: what is left is tried without what was taken away.
            session.endAfter(error);
            return;
        }
        if (SqlStateClassifier.isUnreachable(error) && !raised) {
            breaker.failed();
        } else {
            breaker.answered();
        }
        if (stopping && !(verdict == Verdict.BAD_RECORD && attempt.isSingle())) {
            return;
        }
        switch (verdict) {
            case TRANSIENT -> {
                if (raised && (!attempt.isSingle() || conflicts.isHopeless(attempt.first()))) {
                    // A trigger has borrowed the class for one of the rows.
                    isolate(error, attempt);
                } else {
                    waitAfter(error, attempt, release);
                }
            }
            case SCHEMA_CHANGED -> {
                if (refreshed || (attempt.isWriting() && (raised || ofRows.contains(error.getSQLState())))) {
                    suspect(error, attempt, release);
                } else {
                    refresh(error, attempt);
                }
            }
            case PARENT_MISSING -> {
                if (lockWaits.areAnyParked()) {
                    // What is missing may wait for a table that is locked.
                    parents.progressed();
                }
                if (attempt.isSingle() && !parents.isHopeless(attempt.first())) {
                    metrics.retried(error.getSQLState());
                    session.rollback();
                    parents.block(attempt.first());
                } else {
                    isolate(error, attempt);
                }
            }
            case VALUE_TAKEN -> valueTaken(error, attempt, release);
            case BAD_RECORD -> {
                if (!allowsNullNow(error, attempt, release)) {
                    isolate(error, attempt);
                }
            }
            case FATAL -> suspect(error, attempt, release);
        }
    }

    /**
     * What frees the value may be in the same batch, whose statements do not keep the order of its changes; then in another
     * lane; then in another partition.
     */
    private void valueTaken(SQLException error, Attempt attempt, Runnable release) throws InterruptedException {
        if (!attempt.isWriting()) {
            suspect(error, attempt, release);
        } else if (!attempt.isSingle() && ordering == WriteOrdering.KEY) {
            ordering = WriteOrdering.PARTITION;
            session.rollback();
        } else if (!attempt.isSingle() || isOfKey(error, attempt)) {
            isolate(error, attempt);
        } else if (!ordered.contains(attempt.first().table())) {
            metrics.retried(error.getSQLState());
            session.rollback();
            ordered.request(attempt.first().table());
            release.run();
            Thread.sleep(conflicts.nextWait().toMillis());
        } else if (!conflicts.isHopeless(attempt.first())) {
            metrics.retried(error.getSQLState());
            session.rollback();
            conflicts.block(attempt.first());
        } else {
            Entry entry = attempt.first();
            putAside(
                    attempt,
                    Failures.valueTaken(entry.change().origin(), entry.table().toString(), error));
        }
    }

    /** Whether the constraint is that of the key by which changes are routed, of which all came through this lane. */
    private boolean isOfKey(SQLException error, Attempt attempt) {
        Optional<PgSession> open = session.current();
        Refusal refusal = Refusal.of(error);
        if (insertMode != InsertMode.INSERT
                || open.isEmpty()
                || refusal.constraint().isEmpty()) {
            return false;
        }
        try {
            open.get().rollback();
            return writer.isOfKey(
                    open.get(),
                    attempt.batch(),
                    refusal.schema(),
                    refusal.constraint().get());
        } catch (SQLException e) {
            LOG.debug("The key could not be looked up: {}", e.getSQLState());
            return false;
        }
    }

    /**
     * Looks whether it is the table, or the role, that is to blame, which then refuses a statement without rows as well; or
     * else one of the rows.
     *
     * @throws io.sluice.failure.SinkException where it is the table or the role
     */
    private void suspect(SQLException error, Attempt attempt, Runnable release) throws InterruptedException {
        Optional<SQLException> general = attempt.isWriting() ? withoutRows(attempt) : Optional.of(error);
        if (general.isEmpty()) {
            isolate(error, attempt);
            return;
        }
        Verdict verdict = SqlStateClassifier.classify(general.get());
        if (verdict == Verdict.TRANSIENT) {
            waitAfter(general.get(), attempt, release);
        } else if (verdict == Verdict.SCHEMA_CHANGED && !refreshed) {
            refresh(general.get(), attempt);
        } else {
            Entry entry = attempt.firstOf(session.current().flatMap(PgSession::table));
            throw Failures.fatal(entry.change().origin(), entry.table().toString(), general.get());
        }
    }

    private Optional<SQLException> withoutRows(Attempt attempt) {
        try {
            PgSession open = session.open();
            open.rollback();
            writer.writeNone(open, attempt.batch());
            open.rollback();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    /** Whether a row was refused for a NULL that its column takes from now on: then it is tried again. */
    private boolean allowsNullNow(SQLException error, Attempt attempt, Runnable release) throws InterruptedException {
        Optional<String> column = Refusal.of(error).column();
        OptionalInt index = attempt.isSingle() ? OptionalInt.of(attempt.start()) : attempt.suspect(error);
        if (!NOT_NULL_VIOLATION.equals(error.getSQLState())
                || column.isEmpty()
                || index.isEmpty()
                || attempt.isLetter()) {
            return false;
        }
        Entry entry = attempt.entry(index.getAsInt());
        session.rollback();
        try {
            return plans.allowNull(entry.table(), entry.change().shape(), column.get());
        } catch (SQLException e) {
            waitAfter(e, attempt, release);
            return true;
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
        ofRows.add(String.valueOf(error.getSQLState()));
        putAside(attempt.start(), column, error, attempt);
    }

    private void putAside(Attempt attempt, BadRecordException problem) {
        attempt.putAside(attempt.start(), problem);
        endPutAside(attempt, attempt.start());
    }

    private void putAside(int index, Optional<String> column, SQLException error, Attempt attempt) {
        attempt.putAside(index, column, error);
        endPutAside(attempt, index);
    }

    private void endPutAside(Attempt attempt, int index) {
        session.rollback();
        isolation.found(attempt.start(), index);
        found++;
        size.refused();
    }

    private void waitAfter(SQLException error, Attempt attempt, Runnable release) throws InterruptedException {
        session.endAfter(error);
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
        release.run();
        // A wait for a lock was a wait already: the next one starts soon, not after ever longer pauses.
        Duration wait = retries.backoff(SqlStateClassifier.isLocked(error) ? 1 : failures, error);
        Thread.sleep(wait.toMillis());
    }

    private void refresh(SQLException error, Attempt attempt) {
        refreshed = true;
        metrics.retried(error.getSQLState());
        attempt.tables().forEach(plans::forget);
        session.close();
        String words = attempt.isWriting() ? Failures.textOfRows(error) : Failures.text(error);
        LOG.info("A table has changed, it is read again: {}", words);
    }
}
