package io.sluice.cdc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;

/** Something that several clients do at once, transaction by transaction. */
interface Workload {

    /** One transaction. The connection is the caller's, has no transaction open, and is not in autocommit mode. */
    void transaction(Connection connection, Random random) throws SQLException;
}
