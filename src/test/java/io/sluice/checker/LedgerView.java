package io.sluice.checker;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessException;
import io.sluice.offset.OffsetSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the ledger with the table of appended rows, in one snapshot, while others write. A record's number is its offset.
 * What the ledger says is durable has to be there, as a row or as a dead letter, and nothing else may be.
 */
final class LedgerView {
    private final Database database;
    private final String topic;
    private boolean letters;
    private final Map<Integer, Long> floors = new HashMap<>();
    private final Map<Integer, OffsetSet> beyond = new HashMap<>();

    private LedgerView(Database database, String topic) {
        this.database = database;
        this.topic = topic;
    }

    /** What is wrong at the moment. */
    static List<String> differences(Database database, String topic) {
        return new LedgerView(database, topic).compare();
    }

    private List<String> compare() {
        try (Connection session = database.connect();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            letters = Tables.hasLetters(statement);
            readLedger(statement);
            List<String> differences = new ArrayList<>();
            for (int partition = 0; partition < Source.PARTITIONS; partition++) {
                compare(statement, partition, differences);
            }
            return differences;
        } catch (SQLException e) {
            throw new HarnessException("No look at the ledger", e);
        }
    }

    private void readLedger(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT part, next_offset, beyond FROM sluice_offsets WHERE topic = '" + topic + "'")) {
            while (row.next()) {
                floors.merge(row.getInt(1), row.getLong(2), Math::max);
                byte[] set = row.getBytes(3);
                if (set != null) {
                    beyond.computeIfAbsent(row.getInt(1), key -> new OffsetSet())
                            .addAll(OffsetSet.fromBytes(set));
                }
            }
        }
    }

    private void compare(Statement statement, int partition, List<String> differences) throws SQLException {
        long floor = floors.getOrDefault(partition, 0L);
        OffsetSet done = beyond.getOrDefault(partition, new OffsetSet());
        done.removeBelow(floor);
        try (ResultSet row = statement.executeQuery(
                "SELECT count(*), count(DISTINCT seq) FROM " + written(partition) + " WHERE seq < " + floor)) {
            row.next();
            if (row.getLong(1) != floor || row.getLong(2) != floor) {
                differences.add("partition " + partition + " is durable up to " + floor + " for the ledger, and has "
                        + row.getLong(1) + " rows of " + row.getLong(2) + " records before that");
            }
        }
        OffsetSet written = new OffsetSet();
        try (ResultSet row =
                statement.executeQuery("SELECT seq FROM " + written(partition) + " WHERE seq >= " + floor)) {
            while (row.next()) {
                written.add(row.getLong(1));
            }
        }
        if (!written.equals(done)) {
            differences.add("partition " + partition + " has " + written.size() + " records from " + floor
                    + " on, and the ledger knows " + done.size());
        }
    }

    private String written(int partition) {
        String rows = "SELECT seq FROM appended WHERE part = " + partition;
        return "(" + rows
                + (letters
                        ? " UNION ALL SELECT record_offset FROM letters WHERE topic = '" + topic + "' AND part = "
                                + partition
                        : "")
                + ") AS written";
    }
}
