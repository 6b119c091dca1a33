package io.sluice.cdc;

import io.sluice.harness.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;

/** The tables and the TPC-B-like transactions of pgbench, whose program is not among the embedded binaries. */
final class BenchWorkload implements Workload {

    private static final int BRANCHES = 2;
    private static final int TELLERS = 10 * BRANCHES;
    private static final int ACCOUNTS = 2_000 * BRANCHES;

    private static final String[] CREATION = {
        "CREATE SCHEMA bench",
        "CREATE TABLE bench.pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88))",
        "CREATE TABLE bench.pgbench_tellers (tid int PRIMARY KEY, bid int, tbalance int, filler char(84))",
        "CREATE TABLE bench.pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84))",
        "CREATE TABLE bench.pgbench_history"
                + " (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))",
    };

    private static final String[] ROWS = {
        "INSERT INTO bench.pgbench_branches SELECT n, 0 FROM generate_series(1, " + BRANCHES + ") n",
        "INSERT INTO bench.pgbench_tellers SELECT n, (n - 1) / 10 + 1, 0 FROM generate_series(1, " + TELLERS + ") n",
        "INSERT INTO bench.pgbench_accounts" + " SELECT n, (n - 1) / 2000 + 1, 0, '' FROM generate_series(1, "
                + ACCOUNTS + ") n",
    };

    static void create(Database database) {
        createEmpty(database);
        database.execute(ROWS);
    }

    static void createEmpty(Database database) {
        database.execute(CREATION);
    }

    @Override
    public void transaction(Connection connection, Random random) throws SQLException {
        int account = 1 + random.nextInt(ACCOUNTS);
        int teller = 1 + random.nextInt(TELLERS);
        int branch = 1 + random.nextInt(BRANCHES);
        int delta = random.nextInt(-5_000, 5_001);
        execute(connection, "UPDATE bench.pgbench_accounts SET abalance = abalance + ? WHERE aid = ?", delta, account);
        execute(connection, "SELECT abalance FROM bench.pgbench_accounts WHERE aid = ?", account);
        execute(connection, "UPDATE bench.pgbench_tellers SET tbalance = tbalance + ? WHERE tid = ?", delta, teller);
        execute(connection, "UPDATE bench.pgbench_branches SET bbalance = bbalance + ? WHERE bid = ?", delta, branch);
        execute(
                connection,
                "INSERT INTO bench.pgbench_history (tid, bid, aid, delta, mtime) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)",
                teller,
                branch,
                account,
                delta);
        connection.commit();
    }

    private static void execute(Connection connection, String sql, int... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setInt(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
