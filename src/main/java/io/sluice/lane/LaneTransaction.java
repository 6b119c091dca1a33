package io.sluice.lane;

import io.sluice.batch.Batch;
import io.sluice.write.PgSession;
import java.sql.SQLException;

/**
 * How a lane makes a batch durable, what it says in the ledger about it, and what it does where the answer to a commit was
 * lost. Entries are named by where they end in the list that the lane is at work on.
 *
 * <p>Belongs to one lane.
 */
interface LaneTransaction {
    /**
     * Finds out about what was in doubt, if anything was.
     *
     * @return where the entries end that turned out to be done with; {@code start} where none did
     */
    int settle(int start) throws SQLException;

    /** Tells the ledger what is about to be written. That takes next to nothing of a server, but the time of a round trip. */
    void begin(PgSession session, Attempt attempt, Batch batch) throws SQLException;

    /**
     * Writes a batch that was begun and commits, and returns whether it is durable; otherwise the caller rolls back and tries
     * again.
     */
    boolean write(PgSession session, Attempt attempt, Batch batch) throws SQLException;

    /** The ledger did not take what was said of the attempt, and the transaction was rolled back. */
    void refused(Attempt attempt);
}
