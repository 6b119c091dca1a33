package io.sluice.ledger;

import io.sluice.offset.Grant;
import io.sluice.offset.OffsetSet;
import io.sluice.offset.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The transaction in which partitions get a new owner: it holds their own rows, so that nobody else can do the same, waits for
 * what lanes are writing, puts together what all rows say, and gives all of them a new token.
 */
record Takeover(LedgerSql sql, String id, int lanes, Supplier<UUID> tokens) {
    /** How long the transactions of the owner before may go on, in milliseconds. */
    private static final int PATIENCE_MILLIS = 2_000;

    Map<TopicPartition, Grant> run(Connection connection, Parts parts) throws SQLException {
        setPatience(connection);
        UUID token = tokens.get();
        enter(connection, parts, token);
        Map<TopicPartition, Progress> progress = new HashMap<>();
        parts.all().forEach(partition -> progress.put(partition, new Progress()));
        read(connection, sql.lockBases(), parts, progress);
        read(connection, sql.lockLanes(), parts, progress);
        take(connection, parts, token, progress);
        Map<TopicPartition, Grant> grants = new HashMap<>();
        progress.forEach((partition, known) -> grants.put(partition, new Grant(token, known)));
        return grants;
    }

    /** Whether a partition has the token, and will have it until the transaction ends. */
    boolean isStillOurs(Connection connection, Parts one, UUID token) throws SQLException {
        setPatience(connection);
        try (PreparedStatement statement = connection.prepareStatement(sql.holdBase())) {
            one.set(statement, 1);
            statement.setString(3, id);
            statement.setObject(4, token);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private void enter(Connection connection, Parts parts, UUID token) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.enter())) {
            statement.setString(1, id);
            statement.setObject(2, token);
            parts.set(statement, 3);
            statement.executeUpdate();
        }
    }

    private void read(Connection connection, String question, Parts parts, Map<TopicPartition, Progress> progress)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            parts.set(statement, 1);
            statement.setString(3, id);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    TopicPartition partition = new TopicPartition(row.getString(1), row.getInt(2));
                    progress.merge(partition, progress(row), (known, more) -> {
                        known.addAll(more);
                        return known;
                    });
                }
            }
        }
    }

    private static Progress progress(ResultSet row) throws SQLException {
        Progress progress = new Progress();
        long next = row.getLong(3);
        if (!row.wasNull()) {
            progress.reach(next);
        }
        progress.addAll(set(row.getBytes(4)), set(row.getBytes(5)));
        return progress;
    }

    private static OffsetSet set(byte @Nullable [] bytes) {
        return bytes == null ? new OffsetSet() : OffsetSet.fromBytes(bytes);
    }

    private void take(Connection connection, Parts parts, UUID token, Map<TopicPartition, Progress> progress)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.takeBases())) {
            statement.setObject(1, token);
            parts.set(statement, 2);
            ProgressArrays.of(parts.all().stream().map(progress::get).toList()).set(statement, 4);
            statement.setString(7, id);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.takeLanes())) {
            statement.setString(1, id);
            statement.setObject(2, token);
            parts.set(statement, 3);
            statement.setInt(5, lanes);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.dropLanes())) {
            parts.set(statement, 1);
            statement.setString(3, id);
            statement.setInt(4, lanes);
            statement.executeUpdate();
        }
    }

    private static void setPatience(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + PATIENCE_MILLIS);
        }
    }
}
