package io.sluice.write;

import io.sluice.batch.RowGroup;
import io.sluice.ledger.Claim;
import io.sluice.ledger.Marks;
import io.sluice.table.TableId;
import io.sluice.type.WireTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session with PostgreSQL and the temporary tables that were made there.
 *
 * <p>Threading: belongs to whoever has borrowed it; {@link #cancel()} and {@link #abort()} are for other threads that want it to end.
 */
public final class PgSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PgSession.class);

    /** "PGCOPY", its guard bytes, no flags and no header extension. Source: documentation of COPY, "Binary Format". */
    private static final byte[] COPY_HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final byte[] COPY_TRAILER = {(byte) 0xFF, (byte) 0xFF};
    /** Temporary tables are for column types, not for tables, so few are needed; uneven records may want more. */
    private static final int MOST_STAGES = 64;

    /** That are measured. */
    private static final int ROUND_TRIPS = 3;
    /** Without a limit a network that swallows packets would hold the lane for ever. */
    private static final int PATIENCE_SECONDS = 5;

    private final Connection connection;
    private final PGConnection postgres;
    private final BaseConnection state;
    private final Map<List<String>, Stage> stages = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Stage> used = new HashSet<>();
    /** Of the stages those that a rollback takes away. */
    private final List<List<String>> fresh = new ArrayList<>();

    private final CopyFirst copies;
    private final LockWait lockWait;
    private @Nullable TableId table;
    private boolean sawCrowd;
    private long idleSince;

    /**
     * @param lockWait how long statements wait for a lock, until told otherwise
     */
    PgSession(Connection connection, Duration lockWait) throws SQLException {
        this.connection = connection;
        this.postgres = connection.unwrap(PGConnection.class);
        this.state = connection.unwrap(BaseConnection.class);
        this.lockWait = new LockWait(lockWait);
        sendInBinary(state.getQueryExecutor());
        this.copies = new CopyFirst(roundTrip(connection));
    }

    /** How far away the server is; the first time may be that of something else. */
    private static Duration roundTrip(Connection connection) throws SQLException {
        long least = Long.MAX_VALUE;
        boolean answers = true;
        for (int i = 0; i < ROUND_TRIPS && answers; i++) {
            long began = System.nanoTime();
            // It sends an empty statement. Where there is no answer the first batch finds that out.
            answers = connection.isValid(PATIENCE_SECONDS);
            least = Math.min(least, System.nanoTime() - began);
        }
        return Duration.ofNanos(least);
    }

    /**
     * What we bind is in binary form whatever connection.binaryTransfer says, as is what we copy: that property is about
     * the driver's own conversions.
     */
    private static void sendInBinary(QueryExecutor executor) {
        WireTypes.all().values().forEach(executor::addBinarySendOid);
    }

    /** The temporary table for rows of these types, made if need be within the transaction. */
    Stage stage(List<String> types) throws SQLException {
        Stage known = stages.get(types);
        if (known != null) {
            return known;
        }
        if (stages.size() >= MOST_STAGES) {
            Map.Entry<List<String>, Stage> oldest = stages.entrySet().iterator().next();
            execute(Sql.dropStage(oldest.getValue()));
            stages.remove(oldest.getKey());
        }
        Stage stage = Stage.of(types);
        try {
            execute(Sql.createStage(stage, types));
        } catch (SQLException e) {
            throw NoStageException.whileMaking(e);
        }
        stages.put(types, stage);
        fresh.add(types);
        return stage;
    }

    /** Puts the group's rows into the temporary table, and nothing else. */
    void fill(Stage stage, RowGroup group) throws SQLException {
        try {
            if (!used.add(stage)) {
                execute(Sql.clearStage(stage));
            }
            copy(Sql.copyToStage(stage), group);
        } catch (SQLException e) {
            throw NoStageException.whileUsing(e);
        }
    }

    /** Forgets all temporary tables: they are made again. */
    void forgetStages() {
        stages.clear();
        fresh.clear();
    }

    /** Whether statements can have parameters in binary form: the simple protocol has no parameters at all. */
    boolean takesParameters() {
        return postgres.getPreferQueryMode() != PreferQueryMode.SIMPLE;
    }

    /**
     * A statement with parameters, to be closed after use. The driver keeps what it knows of statements by their text, and
     * from connection.prepareThreshold executions on PostgreSQL keeps their plans.
     */
    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** Runs a COPY with the group's rows. */
    void copy(String sql, RowGroup group) throws SQLException {
        CopyIn copy = postgres.getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(COPY_HEADER, 0, COPY_HEADER.length);
            group.writeTo(copy::writeToCopy);
            copy.writeToCopy(COPY_TRAILER, 0, COPY_TRAILER.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /**
     * Runs one of the statements that lock a table's definition, in one round trip, and returns it.
     *
     * @param sql {@link Sql#lockDefinition} or {@link Sql#saveAndLockDefinition}
     */
    TableDefinition definition(String sql, TableId table) throws SQLException {
        Map<String, Integer> types = new HashMap<>();
        boolean noticesUpserts = false;
        try (PreparedStatement statement = prepare(sql)) {
            statement.setString(1, table.sql());
            for (boolean rows = statement.execute(); !rows; rows = statement.getMoreResults()) {
                // Only the last statement of the text has rows.
            }
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    types.put(row.getString(1), (int) row.getLong(2));
                    noticesUpserts |= row.getBoolean(3);
                }
            }
        }
        return new TableDefinition(types, noticesUpserts);
    }

    /** The answer to a question for a table's columns and their types. */
    Map<String, String> columnTypes(String question, TableId table) throws SQLException {
        Map<String, String> types = new HashMap<>();
        try (PreparedStatement statement = prepare(question)) {
            statement.setString(1, table.sql());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    types.put(row.getString(1), row.getString(2));
                }
            }
        }
        return types;
    }

    /** What has come of trying to copy upserts straight into their tables. */
    CopyFirst copies() {
        return copies;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How long statements wait for a lock from now on, zero for ever. */
    public void waitForLocks(Duration longest) throws SQLException {
        if (lockWait.changesTo(longest)) {
            execute(Sql.lockTimeout(longest));
        }
    }

    /** Notes which table the next statements are about. */
    void turnTo(TableId next) {
        table = next;
    }

    /** Notes that the next ones are about none. */
    void turnAway() {
        table = null;
    }

    /** The table that the last statement was about; empty where it was about none. */
    public Optional<TableId> table() {
        return Optional.ofNullable(table);
    }

    /** Says in the ledger what the transaction is about to write. */
    public void make(Claim claim) throws SQLException {
        claim.make(connection);
    }

    /** Asks the ledger, in a transaction of its own, whether it knows of what is in doubt. */
    public boolean review(Marks marks) throws SQLException {
        boolean known = marks.review(connection);
        connection.commit();
        return known;
    }

    /** Makes what was written durable. */
    public void commit() throws SQLException {
        connection.commit();
        used.clear();
        fresh.clear();
        lockWait.committed();
    }

    /** Ends the transaction without effect; a session that cannot even do that is to be closed. */
    public void rollback() throws SQLException {
        used.clear();
        fresh.forEach(stages::remove);
        fresh.clear();
        lockWait.rolledBack();
        turnAway();
        connection.rollback();
    }

    /** The process that the server has for this session; a pooler makes one up. */
    public int backendPid() {
        return postgres.getBackendPID();
    }

    /** Asks the server to stop what it does for this session. */
    public void cancel() {
        try {
            postgres.cancelQuery();
        } catch (SQLException e) {
            LOG.debug("A statement could not be cancelled", e);
        }
    }

    /** Cuts the connection under whoever uses it. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("A connection could not be cut", e);
        }
    }

    /** Notes whether the server was short of connections when this one was opened. */
    void seeCrowd(boolean crowded) {
        sawCrowd = crowded;
    }

    boolean sawCrowd() {
        return sawCrowd;
    }

    /** Nobody uses it from then on. */
    void idle(long nanos) {
        idleSince = nanos;
    }

    long idleSince() {
        return idleSince;
    }

    /** For work that is not a lane's. */
    Connection connection() {
        return connection;
    }

    /** Whether the server answers, which may have been away since the session was last used. */
    boolean answers() {
        try {
            boolean answers = connection.isValid(PATIENCE_SECONDS);
            return answers && endTransaction();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends a transaction that is open, and returns whether the session is as good as new. */
    boolean endTransaction() {
        try {
            if (!connection.isClosed() && state.getTransactionState() != TransactionState.IDLE) {
                rollback();
            }
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends the session on the server. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A session ended with {}", e.getSQLState());
        }
    }
}
