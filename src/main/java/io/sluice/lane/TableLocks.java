package io.sluice.lane;

import io.sluice.batch.Batch;
import io.sluice.failure.Failures;
import io.sluice.failure.RetryPolicy;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.flow.CircuitBreaker;
import io.sluice.metrics.SinkMetrics;
import io.sluice.table.TableId;
import io.sluice.write.PgSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane does about a lock that it could not have in time: where it has other tables to write, it parks the one that is
 * locked. Belongs to one lane.
 */
final class TableLocks {
    private static final Logger LOG = LoggerFactory.getLogger(TableLocks.class);

    private final LaneSession session;
    private final LaneQueue queue;
    private final Parking parking;
    private final LockWaits waits;
    private final RetryPolicy retries;
    private final CircuitBreaker breaker;
    private final SinkMetrics metrics;
    private @Nullable TableId locked;
    private int tried;

    TableLocks(LaneParts parts, LaneSession session, LaneQueue queue, Parking parking, LockWaits waits) {
        this.session = session;
        this.queue = queue;
        this.parking = parking;
        this.waits = waits;
        this.retries = parts.retries();
        this.breaker = parts.breaker();
        this.metrics = parts.metrics();
    }

    /** How long the transaction of a batch is to wait for a lock. */
    Duration wait(Batch batch) {
        waits.writes(batch);
        return parking.isProbing() ? waits.again() : waits.first();
    }

    /**
     * Ends the transaction of an attempt and returns true, if it failed because of a lock on a table that can be parked.
     *
     * @throws io.sluice.failure.SinkException where the table has been locked for longer than retries are allowed
     */
    boolean met(SQLException error, Attempt attempt) {
        locked = null;
        boolean waited = SqlStateClassifier.isLocked(error) && !Failures.isRaised(error);
        Optional<TableId> table = waited ? table(attempt) : Optional.empty();
        if (table.isEmpty()) {
            return false;
        }
        breaker.answered();
        note(table.get(), error, attempt);
        session.rollback();
        locked = table.get();
        tried = attempt.tried();
        return true;
    }

    private Optional<TableId> table(Attempt attempt) {
        return attempt.adding()
                .or(() -> session.current().flatMap(PgSession::table).flatMap(attempt::calls))
                .filter(table -> waits.areSeveral() || queue.hasOtherThan(table));
    }

    private void note(TableId table, SQLException error, Attempt attempt) {
        Duration parked = parking.parkedFor(table);
        metrics.retried(error.getSQLState());
        int timeouts = waits.timeouts(parked);
        if (!retries.allows(timeouts)) {
            throw Failures.retriesExhausted(attempt.origin(), table.toString(), timeouts, error);
        }
        if (parked.isZero()) {
            LOG.warn(
                    "Table {} is locked: its changes wait, and those of other tables go on: {}",
                    table,
                    Failures.text(error));
        }
    }

    /** Whether the last attempt has met a lock, so that something is to be parked. */
    boolean areInTheWay() {
        return locked != null;
    }

    /** Parks what has to wait, and returns the rest of what is left. */
    List<Entry> stepAside(List<Entry> left) {
        TableId table = locked;
        locked = null;
        return table == null ? left : parking.park(table, left, Math.min(tried, left.size()));
    }

    /** The lane is through with what it has taken out of the parking, if anything. */
    void endTurn() {
        parking.endTurn().ifPresent(table -> LOG.info("Table {} is not locked any more", table));
    }
}
