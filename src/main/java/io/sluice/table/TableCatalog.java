package io.sluice.table;

import io.sluice.config.SinkConfig;
import io.sluice.failure.DefinitionException;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.failure.Verdict;
import io.sluice.metrics.SinkMetrics;
import io.sluice.record.LruCache;
import io.sluice.record.Printable;
import io.sluice.record.RecordException;
import io.sluice.record.RowShape;
import io.sluice.type.ExtensionTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of one task as they were last read, and the one place that creates and changes them.
 *
 * <p>Threading: for all threads. Each call that has to ask PostgreSQL borrows a connection of its own for as long as it
 * takes. Changes run under an advisory lock of PostgreSQL, so that tasks and connectors that find the same lack at the
 * same time mend it one after the other, and the later find nothing left to do.
 */
public final class TableCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(TableCatalog.class);

    /** Longest wait for a lock on a table that is to be changed. It is tried again soon. */
    private static final int LOCK_MILLIS = 500;

    /** How often a definition is tried again when somebody else was faster. */
    private static final int MOST_RACES = 4;

    /** Parameters: schema and name. */
    private static final String LOCK = """
            SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(
                'sluice:' || pg_catalog.quote_ident(coalesce(nullif(?, ''), pg_catalog.current_schema(), ''))
                || '.' || pg_catalog.quote_ident(?), 0))""";

    private final DataSource connections;
    private final CatalogReader catalog;
    private final KeyRule keys;
    private final SchemaDiff diff;
    private final SinkMetrics metrics;
    /** Guarded by itself. */
    private final LruCache<TableId, TableSchema> tables = new LruCache<>(TableSchema::heldBytes);

    private final AtomicInteger readings = new AtomicInteger();

    public TableCatalog(DataSource connections, SinkConfig config, KeyRule keys, SinkMetrics metrics) {
        this.connections = connections;
        this.catalog = new CatalogReader(config);
        this.keys = keys;
        this.diff = new SchemaDiff(config.tables(), config.records().values());
        this.metrics = metrics;
    }

    /**
     * The table, able to take rows of that shape; created or changed first where that is needed and allowed.
     *
     * @throws RecordException where it is needed and not allowed, or the record has not what the table asks for
     * @throws SQLException where PostgreSQL refuses or cannot be reached
     */
    public TableSchema fit(TableId id, RowShape shape) throws SQLException {
        TableSchema known = lastRead(id);
        if (known != null && steps(id, Optional.of(known), shape).isEmpty()) {
            return known;
        }
        try (Connection connection = connections.getConnection()) {
            TableSchema table = fit(connection, id, shape);
            note(id, table);
            return table;
        }
    }

    /**
     * The table as it is, for a deletion; empty where it is not there and would be created by the first row, since then
     * there is nothing to delete.
     *
     * @throws RecordException where it is not there and must be
     * @throws SQLException where PostgreSQL refuses or cannot be reached
     */
    public Optional<TableSchema> find(TableId id) throws SQLException {
        TableSchema known = lastRead(id);
        if (known != null) {
            return Optional.of(known);
        }
        try (Connection connection = connections.getConnection()) {
            Optional<TableSchema> found = catalog.read(connection, id);
            connection.rollback();
            found.ifPresentOrElse(table -> note(id, table), () -> diff.requireTable(id, found));
            return found;
        }
    }

    /** Whether the table has to be changed before it takes rows of that shape, and may be. */
    public boolean lacks(TableId id, TableSchema table, RowShape shape) {
        try {
            return !steps(id, Optional.of(table), shape).isEmpty();
        } catch (RecordException e) {
            return false;
        }
    }

    /**
     * Lets a column take NULL for which PostgreSQL has refused a row of that shape, where that is allowed.
     *
     * @return whether the row is worth another try
     * @throws SQLException where it did not work this time
     */
    public boolean allowNull(TableId id, RowShape shape, String column) throws SQLException {
        TableSchema before = lastRead(id);
        if (before == null) {
            // Another lane has found it changed.
            return true;
        }
        if (nullStep(before, shape, column).isEmpty()) {
            return false;
        }
        try (Connection connection = connections.getConnection()) {
            lock(connection, id);
            Optional<DdlStep> step = catalog.read(connection, id).flatMap(table -> nullStep(table, shape, column));
            if (step.isPresent()) {
                take(connection, id, step.get(), true);
            }
            connection.commit();
            return true;
        } catch (DefinitionException | RecordException e) {
            LOG.debug("Table {} stays as it is: {}", id, e.getMessage());
            return false;
        }
    }

    private Optional<DdlStep> nullStep(TableSchema table, RowShape shape, String column) {
        return diff.allowNull(table, keys.layout(shape, Optional.of(table)), shape, column);
    }

    /** Whether this is still what is known of the table. While {@link #readings()} stays, so does the answer yes. */
    public boolean isCurrent(TableId id, TableSchema table) {
        TableSchema known = lastRead(id);
        return known == null || known == table;
    }

    /** The table as it was last read; empty where it was not, or is to be read again. */
    public Optional<TableSchema> known(TableId id) {
        return Optional.ofNullable(lastRead(id));
    }

    /** Forgets a table, so that it is read again. */
    public void forget(TableId id) {
        synchronized (tables) {
            tables.remove(id);
        }
    }

    private @Nullable TableSchema lastRead(TableId id) {
        synchronized (tables) {
            return tables.get(id);
        }
    }

    /** How often a table was read so far: while that stays, nothing new is known of any. */
    public int readings() {
        return readings.get();
    }

    private void note(TableId id, TableSchema table) {
        synchronized (tables) {
            tables.put(id, table);
        }
        readings.incrementAndGet();
    }

    private TableSchema fit(Connection connection, TableId id, RowShape shape) throws SQLException {
        Optional<TableSchema> found = catalog.read(connection, id);
        if (found.isEmpty() || !steps(id, found, shape).isEmpty()) {
            found = Optional.of(changeAtLast(connection, id, shape));
        }
        connection.commit();
        return found.get();
    }

    /** Whoever changes the same table without our lock may win: then what it has made is looked at. */
    private TableSchema changeAtLast(Connection connection, TableId id, RowShape shape) throws SQLException {
        for (int left = MOST_RACES; ; left--) {
            try {
                return change(connection, id, shape, left == 0);
            } catch (SQLException e) {
                connection.rollback();
                if (left == 0 || e instanceof DefinitionException || !SqlStateClassifier.isRaceOfDefinitions(e)) {
                    throw e;
                }
                LOG.debug("Somebody else changes table {} as well: {}", id, e.getSQLState());
            }
        }
    }

    private TableSchema change(Connection connection, TableId id, RowShape shape, boolean last) throws SQLException {
        lock(connection, id);
        // Whoever held the lock before us may have done the work.
        ExtensionTypes extensions = CatalogReader.extensionTypes(connection);
        for (DdlStep step : steps(id, catalog.read(connection, id), shape, extensions)) {
            take(connection, id, step, last);
        }
        return catalog.read(connection, id)
                .orElseThrow(() -> new RecordException(
                        "the table was created and cannot be seen",
                        "Name its schema in table.name.format, or put the schema on the role's search_path"));
    }

    /** One lock for all spellings of a name: with its schema, and without it where the search path has that. */
    private static void lock(Connection connection, TableId id) throws SQLException {
        try (Statement patience = connection.createStatement()) {
            // Whoever waits for a table to be changed keeps everybody else from it, and other lanes from this
            // connection.
            patience.execute("SET LOCAL lock_timeout = " + LOCK_MILLIS);
        }
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, id.schema());
            lock.setString(2, id.name());
            lock.execute();
        }
    }

    /** Nothing but a limit, or a value that the schema names, is about the record when PostgreSQL refuses a definition. */
    private void take(Connection connection, TableId id, DdlStep step, boolean last) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(step.sql());
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            boolean passes = SqlStateClassifier.classify(e) == Verdict.TRANSIENT
                    || (!last && SqlStateClassifier.isRaceOfDefinitions(e))
                    || state.startsWith("22")
                    || state.startsWith("54");
            if (passes) {
                throw e;
            }
            Optional<RecordException> blame = diff.blame(id, step, e);
            if (blame.isPresent()) {
                throw blame.get();
            }
            throw new DefinitionException(e);
        }
        // Names come from records, and a newline in one must not make a line of the log.
        String done = Printable.of(step.description());
        metrics.schemaChanged(done);
        LOG.info("Sluice {}", done);
    }

    /** Steps to be counted, not taken: whether there are any does not depend on the database's extensions. */
    private List<DdlStep> steps(TableId id, Optional<TableSchema> table, RowShape shape) {
        return steps(id, table, shape, ExtensionTypes.NONE);
    }

    private List<DdlStep> steps(TableId id, Optional<TableSchema> table, RowShape shape, ExtensionTypes extensions) {
        diff.requireTable(id, table);
        return diff.steps(id, table, keys.layout(shape, table), extensions);
    }
}
