package io.sluice.write;

import io.sluice.batch.Batch;
import io.sluice.batch.Round;
import io.sluice.batch.RowGroup;
import io.sluice.batch.TableBatch;
import io.sluice.batch.WireColumn;
import io.sluice.config.WriteConfig;
import io.sluice.config.WriteOrdering;
import io.sluice.ledger.Claim;
import io.sluice.metrics.SinkMetrics;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a batch within one transaction. Lanes share it. */
public final class BatchWriter {
    private final MethodChoice methods;
    private final GroupWriter groups;
    private final DeadLetters letters;

    /**
     * @param letters where bad records are written down
     */
    public BatchWriter(WriteConfig writes, DeadLetters letters, SinkMetrics metrics) {
        this.methods = new MethodChoice(writes);
        this.groups = new GroupWriter(writes, methods, metrics);
        this.letters = letters;
    }

    /**
     * Writes everything in a transaction that has nothing but a claim in it yet; the caller commits.
     *
     * @param claim what was made, and is made again where the transaction has to be begun once more
     * @throws SQLException where it could not; the transaction is then open or broken, and the caller ends it
     */
    public void write(PgSession session, Batch batch, Claim claim) throws SQLException {
        try {
            writeAll(session, batch);
        } catch (NoStageException e) {
            methods.noStage(session, e);
            session.rollback();
            session.forgetStages();
            session.make(claim);
            writeAgain(session, batch);
        }
    }

    private void writeAgain(PgSession session, Batch batch) throws SQLException {
        try {
            writeAll(session, batch);
        } catch (NoStageException e) {
            throw e.error();
        }
    }

    private void writeAll(PgSession session, Batch batch) throws SQLException {
        switch (batch.ordering()) {
            case KEY -> writeTables(session, ReferenceOrder.parentsFirst(batch.tables()), WriteOrdering.KEY);
            case PARTITION -> {
                for (TableBatch run : batch.tables()) {
                    writeTables(session, List.of(run), WriteOrdering.PARTITION);
                }
            }
        }
        session.turnAway();
        letters.write(session, batch.letters());
    }

    private void writeTables(PgSession session, List<TableBatch> tables, WriteOrdering ordering) throws SQLException {
        for (TableBatch table : childrenFirst(tables)) {
            if (table.emptiedFirst()) {
                session.turnTo(table.table().id());
                session.execute(empty(table.table()));
            }
        }
        int rounds =
                tables.stream().mapToInt(table -> table.rounds().size()).max().orElse(0);
        for (int number = 0; number < rounds; number++) {
            writeRound(session, tables, number, ordering);
        }
    }

    /** Rows that others refer to come before them and go after them. */
    private void writeRound(PgSession session, List<TableBatch> tables, int number, WriteOrdering ordering)
            throws SQLException {
        for (TableBatch table : childrenFirst(tables)) {
            Optional<RowGroup> deletes =
                    table.round(number).flatMap(Round::deletes).filter(group -> group.rows() > 0);
            if (deletes.isPresent()) {
                session.turnTo(table.table().id());
                groups.delete(session, table.table().id(), deletes.get());
            }
        }
        for (TableBatch table : tables) {
            session.turnTo(table.table().id());
            for (RowGroup group : table.round(number).map(Round::writes).orElse(List.of())) {
                if (group.rows() > 0) {
                    groups.write(session, table.table(), group, ordering);
                }
            }
        }
    }

    /** The table of bad records, which is made when it is needed. */
    public static DeadLetters letters(String connector, TableId table) {
        return new DeadLetterTable(connector, table);
    }

    private static List<TableBatch> childrenFirst(List<TableBatch> parentsFirst) {
        List<TableBatch> reversed = new ArrayList<>(parentsFirst);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String empty(TableSchema table) {
        boolean truncates =
                table.kind() == TableSchema.Kind.TABLE && !table.references().hasChildren();
        return truncates ? Sql.truncate(table.id()) : Sql.deleteAll(table.id());
    }

    /**
     * The column that refuses the one row of a batch: the value of each is tried alone. Changes nothing, and ends the
     * transaction.
     */
    public Optional<String> refusingColumn(PgSession session, Batch batch) throws SQLException {
        if (!session.takesParameters()) {
            return Optional.empty();
        }
        for (TableBatch table : batch.tables()) {
            for (Round round : table.rounds()) {
                for (RowGroup group : groups(round)) {
                    Optional<String> column =
                            new ColumnProbe(session, table.table().id()).refusing(group);
                    if (column.isPresent()) {
                        return column;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Runs what {@link #write} does, but for the rows: what fails then is the fault of a table or the role, and of no record.
     * The caller ends the transaction without effect.
     */
    public void writeNone(PgSession session, Batch batch) throws SQLException {
        try {
            for (TableBatch table : batch.tables()) {
                session.turnTo(table.table().id());
                writeNone(session, table);
            }
        } catch (NoStageException e) {
            throw e.error();
        }
    }

    private void writeNone(PgSession session, TableBatch table) throws SQLException {
        if (table.emptiedFirst()) {
            session.execute(empty(table.table()));
        }
        for (Round round : table.rounds()) {
            if (round.deletes().isPresent()) {
                groups.deleteNone(session, table.table().id(), round.deletes().get());
            }
            for (RowGroup group : round.writes()) {
                groups.writeNone(session, table.table(), group);
            }
        }
    }

    /** Whether an index is that of the key by which a batch's rows are written, or of the primary key where they have none. */
    public boolean isOfKey(PgSession session, Batch batch, String schema, String index) throws SQLException {
        Set<String> columns = session.columnsOfIndex(schema, index);
        return batch.tables().stream()
                .flatMap(table -> table.rounds().stream()
                        .flatMap(round -> groups(round).stream())
                        .map(group -> key(table, group)))
                .anyMatch(columns::equals);
    }

    private static Set<String> key(TableBatch table, RowGroup group) {
        List<WireColumn> key = group.columns().key();
        return key.isEmpty()
                ? Set.copyOf(table.table().primaryKey())
                : key.stream().map(WireColumn::name).collect(Collectors.toSet());
    }

    private static List<RowGroup> groups(Round round) {
        List<RowGroup> groups = new ArrayList<>(round.writes());
        round.deletes().ifPresent(groups::add);
        groups.removeIf(group -> group.rows() == 0);
        return groups;
    }
}
