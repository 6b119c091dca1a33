package io.sluice.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** What a lane says in the ledger about the records of a transaction. */
public interface Claim {
    /** Nothing is said. */
    Claim NONE = connection -> {};

    /**
     * Says it, first thing in the transaction.
     *
     * @throws StaleClaimException where the lane may not go on with all of these partitions
     * @throws SQLException where it did not work this time
     */
    void make(Connection connection) throws SQLException;
}
