package io.sluice.write;

import io.sluice.batch.ColumnSet;
import io.sluice.batch.RowGroup;
import io.sluice.batch.WireColumn;
import io.sluice.config.InsertMode;
import io.sluice.config.RowConditions;
import io.sluice.config.WriteConfig;
import io.sluice.config.WriteOrdering;
import io.sluice.metrics.Latency;
import io.sluice.metrics.SinkMetrics;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import java.sql.SQLException;

/** Writes or deletes the rows of one group, by one statement or a few. Lanes share it. */
final class GroupWriter {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String EXCLUSION_VIOLATION = "23P01";

    private final MethodChoice methods;
    private final InsertMode insertMode;
    private final RowConditions conditions;
    private final WriteOrdering ordering;
    private final SinkMetrics metrics;

    GroupWriter(WriteConfig writes, MethodChoice methods, SinkMetrics metrics) {
        this.methods = methods;
        this.insertMode = writes.insertMode();
        this.conditions = writes.conditions();
        this.ordering = writes.ordering();
        this.metrics = metrics;
    }

    /** Deletes the rows whose keys the group has. */
    void delete(PgSession session, TableId table, RowGroup group) throws SQLException {
        RowSource source = methods.source(session, group);
        merge(session, source, Sql.delete(table, group.columns(), source), group);
    }

    /**
     * Writes rows.
     *
     * @param wanted {@code PARTITION} where the rows are to be written one by one in the order in which they came
     */
    void write(PgSession session, TableSchema table, RowGroup group, WriteOrdering wanted) throws SQLException {
        switch (wanted) {
            case KEY -> write(session, table, group);
            case PARTITION -> writeOneByOne(session, table, group, methods.single(session, group));
        }
    }

    private void write(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        switch (insertMode) {
            case INSERT -> insert(session, table, group);
            case UPSERT -> upsert(session, table, group);
            case UPDATE -> update(session, table, group);
        }
    }

    /** Does to the table what {@link #write} does, but for the rows. */
    void writeNone(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        if (methods.copiesStraight(session, group) && canCopyStraight(table, group.columns())) {
            session.definition(Sql.lockDefinition(table.id()), table.id());
        }
        methods.source(session, group);
        writeOneByOne(session, table, group, NoRows.of(group.columns()));
    }

    /** The same for keys that are to be deleted. */
    void deleteNone(PgSession session, TableId table, RowGroup group) throws SQLException {
        methods.source(session, group);
        NoRows none = NoRows.of(group.columns());
        run(session, none, Sql.delete(table, group.columns(), none), group);
    }

    /** A join gives rows in any order, and one statement writes no row twice. */
    private void writeOneByOne(PgSession session, TableSchema table, RowGroup group, RowSource source)
            throws SQLException {
        group.sortByKey(false);
        switch (insertMode) {
            case INSERT -> run(session, source, Sql.insert(table.id(), group.columns(), source), group);
            case UPSERT -> run(session, source, Sql.upsert(table.id(), group.columns(), source, conditions), group);
            case UPDATE -> {
                if (!group.columns().assigned().isEmpty()) {
                    run(session, source, Sql.update(table.id(), group.columns(), source, conditions), group);
                }
            }
        }
    }

    private void upsert(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        if (copiedFirst(session, table, group)) {
            return;
        }
        RowSource source = methods.source(session, group);
        merge(session, source, Sql.upsert(table.id(), group.columns(), source, conditions), group);
    }

    private void update(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        if (!group.columns().assigned().isEmpty()) {
            RowSource source = methods.source(session, group);
            merge(session, source, Sql.update(table.id(), group.columns(), source, conditions), group);
        }
    }

    /**
     * Tries to copy the rows straight into the table, and returns whether that went well: then none of them was there
     * before, and an upsert would have done the same. Otherwise it has changed nothing.
     *
     * <p>It is not tried where the rows ask for more than an insert if there is no conflict: where they leave columns to
     * the row that is there, or where PostgreSQL has to pick the newest of several; nor where a trigger or a rule would
     * see that it was no upsert. An exclusion constraint may be looked at before the key, so its violation may be a
     * conflict too. If it is not, or if another unique index than the key's refuses a row, the merge after it says so.
     */
    private boolean copiedFirst(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        ColumnSet columns = group.columns();
        boolean insertsAlike = columns.kept().isEmpty() && columns.version().isEmpty();
        if (!insertsAlike || !methods.copiesStraight(session, group) || !canCopyStraight(table, columns)) {
            return false;
        }
        CopyFirst copies = session.copies();
        if (!copies.isDue(table.id())) {
            return false;
        }
        TableDefinition definition = session.definition(Sql.saveAndLockDefinition(table.id()), table.id());
        if (definition.noticesUpserts() || !definition.takes(columns)) {
            copies.failed(table.id());
            return false;
        }
        try {
            copy(session, Sql.copyToTable(table.id(), columns), group);
        } catch (SQLException e) {
            if (!isConflict(e)) {
                throw e;
            }
            session.execute(Sql.ROLLBACK_TO_SAVEPOINT);
            copies.failed(table.id());
            metrics.copyConflicted();
            return false;
        }
        copies.succeeded(table.id());
        metrics.copied();
        return true;
    }

    private static boolean isConflict(SQLException error) {
        return UNIQUE_VIOLATION.equals(error.getSQLState()) || EXCLUSION_VIOLATION.equals(error.getSQLState());
    }

    /** Copies rows straight into the table; where they have to be cast, a statement reads them from elsewhere. */
    private void insert(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        if (methods.copiesStraight(session, group)
                && canCopyStraight(table, group.columns())
                && session.definition(Sql.lockDefinition(table.id()), table.id())
                        .takes(group.columns())) {
            copy(session, Sql.copyToTable(table.id(), group.columns()), group);
        } else {
            RowSource source = methods.source(session, group);
            run(session, source, Sql.insert(table.id(), group.columns(), source), group);
        }
    }

    private void copy(PgSession session, String sql, RowGroup group) throws SQLException {
        long began = System.nanoTime();
        session.copy(sql, group);
        metrics.took(Latency.COPY, System.nanoTime() - began);
    }

    /**
     * Rows that PostgreSQL has to find come in the order of their index. Not where each has a statement of its own, which may
     * need the row before it; and those may have been sent in another way before.
     */
    private void merge(PgSession session, RowSource source, String sql, RowGroup group) throws SQLException {
        group.sortByKey(ordering == WriteOrdering.KEY && source.position().isPresent());
        run(session, source, sql, group);
    }

    private void run(PgSession session, RowSource source, String sql, RowGroup group) throws SQLException {
        long began = System.nanoTime();
        source.run(session, sql, group);
        metrics.took(Latency.MERGE, System.nanoTime() - began);
    }

    private static boolean canCopyStraight(TableSchema table, ColumnSet columns) {
        return table.kind() == TableSchema.Kind.TABLE
                && columns.columns().stream().noneMatch(WireColumn::cast);
    }
}
