package io.sluice.ledger;

import io.sluice.failure.SinkException;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.offset.Grant;
import io.sluice.offset.PartitionOffsets;
import io.sluice.table.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of the offsets: what is durable of each partition, and who may go on with it.
 *
 * <p>Whoever takes a partition over writes a new random token into all of its rows. That waits for transactions of the
 * owner before, so what it reads then is final; and every later transaction of that owner finds another token and is
 * rolled back. A token is random and not counted, since a count could repeat after a failover that lost a transaction.
 *
 * <p>Immutable; for any thread.
 */
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String NO_PRIVILEGE = "42501";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DataSource connections;
    private final LedgerSql sql;
    private final String id;
    private final Takeover takeover;
    private final Supplier<UUID> tokens;

    /**
     * @param id whose offsets they are
     * @param lanes of one task
     */
    public Ledger(DataSource connections, TableId table, String id, int lanes, Supplier<UUID> tokens) {
        this.connections = connections;
        this.sql = new LedgerSql(table);
        this.id = id;
        this.tokens = tokens;
        this.takeover = new Takeover(sql, id, lanes, tokens);
    }

    /** The marks of one lane. */
    public Marks marks(int lane) {
        return new LedgerMarks(sql, id, lane);
    }

    /**
     * Takes partitions over. Transactions of their former owner that hold them for long are ended.
     *
     * @throws SinkException where the table is not there and cannot be made
     * @throws SQLException where it did not work this time
     */
    public Map<TopicPartition, Grant> acquire(Collection<TopicPartition> partitions) throws SQLException {
        Parts parts = Parts.of(partitions);
        return takeOver(parts, connection -> takeover.run(connection, parts));
    }

    /**
     * The same for one partition that starts over at an offset. What is known of it is forgotten, unless somebody else has
     * taken it over meanwhile, and knows better.
     *
     * @param token of its grant
     */
    public Map<TopicPartition, Grant> restart(TopicPartition partition, UUID token, long offset) throws SQLException {
        Parts one = Parts.of(List.of(partition));
        return takeOver(one, connection -> {
            if (takeover.isStillOurs(connection, one, token)) {
                alter(connection, Map.of(partition, Optional.of(offset)));
            }
            return takeover.run(connection, one);
        });
    }

    private Map<TopicPartition, Grant> takeOver(Parts parts, Work<Map<TopicPartition, Grant>> work)
            throws SQLException {
        try {
            return inTransaction(work);
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            switch (state) {
                case UNDEFINED_TABLE -> create();
                case LOCK_NOT_AVAILABLE -> endHolders(parts);
                case NO_PRIVILEGE -> throw noPrivilege(e);
                default -> throw e;
            }
            return inTransaction(work);
        }
    }

    /**
     * Looks whether the ledger still knows what lanes have committed: a server that has failed over may have lost the last of
     * it, and a lane that has nothing more to write would not find out.
     */
    public List<Loss> verify(Collection<PartitionOffsets> partitions) throws SQLException {
        Verification verification = Verification.of(partitions);
        return inTransaction(connection -> verification.run(connection, sql, id));
    }

    /**
     * Sets offsets from outside, while nobody writes: fences whoever might still do, and forgets what was known.
     *
     * @param offsets where to go on; empty where nothing is to be known of a partition any more
     */
    public void alter(Map<TopicPartition, Optional<Long>> offsets) throws SQLException {
        inTransaction(connection -> alter(connection, offsets));
    }

    private int alter(Connection connection, Map<TopicPartition, Optional<Long>> offsets) throws SQLException {
        Parts all = Parts.of(offsets.keySet());
        List<Map.Entry<TopicPartition, Optional<Long>>> known = offsets.entrySet().stream()
                .filter(entry -> entry.getValue().isPresent())
                .toList();
        try (PreparedStatement statement = connection.prepareStatement(sql.forget())) {
            all.set(statement, 1);
            statement.setString(3, id);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.put())) {
            statement.setString(1, id);
            statement.setObject(2, tokens.get());
            new Parts(known.stream().map(Map.Entry::getKey).toList()).set(statement, 3);
            Object[] next =
                    known.stream().map(entry -> entry.getValue().orElseThrow()).toArray();
            statement.setArray(5, connection.createArrayOf("int8", next));
            return statement.executeUpdate();
        }
    }

    /** Forgets whatever is known of any partition. */
    public void forgetAll() throws SQLException {
        inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.forgetAll())) {
                statement.setString(1, id);
                return statement.executeUpdate();
            }
        });
    }

    /**
     * Makes the table if it is not there.
     *
     * @throws SinkException where the role may not
     */
    public void create() throws SQLException {
        try {
            createIfMissing();
        } catch (SQLException e) {
            if (SqlStateClassifier.isRaceOfDefinitions(e)) {
                // Somebody else has made it in the same moment.
                createIfMissing();
                return;
            }
            if (NO_PRIVILEGE.equals(e.getSQLState())) {
                throw noPrivilege(e);
            }
            throw e;
        }
    }

    private void createIfMissing() throws SQLException {
        boolean made = inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql.lockCreation());
                boolean missing = isMissing(connection);
                statement.execute(sql.create());
                return missing;
            }
        });
        if (made) {
            LOG.info("Sluice created table {} for its offsets", sql.table());
        }
    }

    private boolean isMissing(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.isMissing())) {
            statement.setString(1, sql.table().sql());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private SinkException noPrivilege(SQLException error) {
        LOG.debug("The table of the offsets cannot be used: {}", error.getSQLState());
        return new SinkException("The role may not use or create the table of the offsets, " + sql.table()
                + ". Grant SELECT, INSERT, UPDATE and DELETE on it to the role; if it is not there, have its owner run: "
                + sql.create().replaceAll("\\s+", " ") + ";");
    }

    private void endHolders(Parts parts) throws SQLException {
        int ended = inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.endHolders())) {
                parts.set(statement, 1);
                statement.setString(3, id);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? row.getInt(1) : 0;
                }
            }
        });
        LOG.warn("{} sessions of a former owner held partitions for too long and were ended", ended);
    }

    /** What is done in one transaction. */
    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection);
                throw e;
            }
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("A transaction about offsets could not be rolled back: {}", e.getSQLState());
        }
    }
}
