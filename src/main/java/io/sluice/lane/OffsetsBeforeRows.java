package io.sluice.lane;

import io.sluice.batch.Batch;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.ledger.Claim;
import io.sluice.ledger.Marks;
import io.sluice.metrics.Latency;
import io.sluice.metrics.SinkMetrics;
import io.sluice.write.BatchWriter;
import io.sluice.write.PgSession;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger is told in a transaction of its own before the rows are written, and what it was told of is never read again:
 * at most once. While the lane lives it tries again what certainly was not committed; what is in doubt it lets be.
 */
final class OffsetsBeforeRows implements LaneTransaction {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetsBeforeRows.class);

    private final LaneSession session;
    private final BatchWriter writer;
    private final Marks marks;
    private final Lease lease;
    private final Results results;
    private final SinkMetrics metrics;
    /** The entries that the ledger was told of, and that are not written yet. */
    private final Set<Entry> told = Collections.newSetFromMap(new IdentityHashMap<>());
    /** The entries of which it is in doubt whether the ledger was told. */
    private List<Entry> telling = List.of();
    /** Where the entries end of which it is in doubt whether they were written. */
    private int doubtful;

    OffsetsBeforeRows(LaneSession session, LaneParts parts, Marks marks) {
        this.session = session;
        this.writer = parts.writer();
        this.marks = marks;
        this.lease = parts.lease();
        this.results = parts.results();
        this.metrics = parts.metrics();
    }

    @Override
    public int settle(int start) throws SQLException {
        int settled = start;
        if (doubtful > start) {
            LOG.warn("The answer to a commit was lost, so that up to {} records may be missing", doubtful - start);
            told.clear();
            settled = doubtful;
        } else if (!telling.isEmpty() && !marks.isEmpty()) {
            boolean known = session.open().review(marks);
            results.lost(marks.losses());
            if (known) {
                marks.committed();
                told.addAll(telling);
            }
        }
        marks.dropped();
        telling = List.of();
        doubtful = 0;
        return settled;
    }

    @Override
    public void begin(PgSession open, Attempt attempt, Batch batch) throws SQLException {
        tell(
                open,
                attempt.added().stream().filter(entry -> !told.contains(entry)).toList());
    }

    @Override
    public boolean write(PgSession open, Attempt attempt, Batch batch) throws SQLException {
        writer.write(open, batch, Claim.NONE);
        if (!lease.isHeld()) {
            return false;
        }
        doubtful = attempt.end();
        long began = System.nanoTime();
        commit(open);
        metrics.took(Latency.COMMIT, System.nanoTime() - began);
        doubtful = 0;
        // What is left of it by a refusal is told once more, which changes nothing.
        told.clear();
        return true;
    }

    /** Where the server itself refuses to commit, for a deferred constraint for example, nothing is in doubt. */
    private void commit(PgSession open) throws SQLException {
        try {
            open.commit();
        } catch (SQLException e) {
            if (!SqlStateClassifier.isUnreachable(e)) {
                doubtful = 0;
            }
            throw e;
        }
    }

    private void tell(PgSession open, List<Entry> fresh) throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        fresh.forEach(entry -> marks.add(entry.partition(), entry.offset(), entry.rest()));
        telling = fresh;
        open.make(marks.claim());
        open.commit();
        telling = List.of();
        marks.committed();
        told.addAll(fresh);
    }

    @Override
    public void refused(Attempt attempt) {
        // What was to be told is reviewed before the next try.
    }
}
