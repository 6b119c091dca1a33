package io.sluice.ledger;

import java.sql.SQLException;

/** The ledger does not say of a partition what its lane has said last: it has another owner, or the database went back in time. */
public final class StaleClaimException extends SQLException {
    private static final long serialVersionUID = 1L;

    StaleClaimException() {
        super("the ledger says something else");
    }
}
