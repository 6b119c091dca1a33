package io.sluice.lane;

import io.sluice.batch.Batch;
import io.sluice.batch.TableBatch;
import io.sluice.failure.Failures;
import io.sluice.ledger.Claim;
import io.sluice.ledger.Marks;
import io.sluice.metrics.Latency;
import io.sluice.metrics.SinkMetrics;
import io.sluice.table.TableSchema;
import io.sluice.write.BatchWriter;
import io.sluice.write.PgSession;
import java.sql.SQLException;

/**
 * The ledger is told in the transaction of the rows, and so knows whether they are durable: exactly once. Without a ledger
 * what is in doubt is written again: at least once.
 */
final class OffsetsWithRows implements LaneTransaction {
    private final LaneSession session;
    private final BatchWriter writer;
    private final Marks marks;
    private final Lease lease;
    private final Results results;
    private final SinkMetrics metrics;
    private Claim claim = Claim.NONE;
    /** Where the entries end of which only the ledger knows whether they are durable. */
    private int doubtful;

    OffsetsWithRows(LaneSession session, LaneParts parts, Marks marks) {
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
        if (doubtful > start && !marks.isEmpty()) {
            boolean known = session.open().review(marks);
            results.lost(marks.losses());
            if (known) {
                marks.committed();
                settled = doubtful;
            }
        }
        marks.dropped();
        doubtful = 0;
        return settled;
    }

    @Override
    public void begin(PgSession open, Attempt attempt, Batch batch) throws SQLException {
        if (marks != Marks.NONE) {
            attempt.added().forEach(entry -> marks.add(entry.partition(), entry.offset(), entry.rest()));
            refuseUnlogged(attempt, batch);
        }
        claim = marks.claim();
        open.make(claim);
    }

    @Override
    public boolean write(PgSession open, Attempt attempt, Batch batch) throws SQLException {
        writer.write(open, batch, claim);
        if (!lease.isHeld()) {
            return false;
        }
        // Until the answer is here nobody knows.
        doubtful = attempt.end();
        long began = System.nanoTime();
        open.commit();
        metrics.took(Latency.COMMIT, System.nanoTime() - began);
        doubtful = 0;
        marks.committed();
        return true;
    }

    /** A crash would empty the table and leave the offsets. */
    private static void refuseUnlogged(Attempt attempt, Batch batch) {
        for (TableBatch table : batch.tables()) {
            if (table.table().storage() == TableSchema.Storage.UNLOGGED) {
                throw Failures.unlogged(attempt.origin(), table.table().id().toString());
            }
        }
    }

    @Override
    public void refused(Attempt attempt) {
        doubtful = attempt.end();
    }
}
