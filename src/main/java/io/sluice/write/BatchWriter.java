package io.sluice.write;

import io.sluice.batch.Batch;
import io.sluice.batch.RowGroup;
import io.sluice.batch.TableBatch;
import io.sluice.batch.WireColumn;
import io.sluice.config.WriteConfig;
import io.sluice.metrics.SinkMetrics;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/** Writes a batch within one transaction. Belongs to one lane. */
public final class BatchWriter {
    private static final Pattern STAGED_COLUMN = Pattern.compile("^COPY .*, column c(\\d+)");

    private final GroupWriter groups;

    public BatchWriter(WriteConfig writes, SinkMetrics metrics) {
        this.groups = new GroupWriter(writes, metrics);
    }

    /**
     * Writes everything; the caller commits.
     *
     * @throws SQLException where it could not; the transaction is then open or broken, and the caller ends it
     */
    public void write(PgSession session, Batch batch) throws SQLException {
        List<TableBatch> tables = ReferenceOrder.parentsFirst(batch.tables());
        for (TableBatch table : childrenFirst(tables)) {
            if (table.emptiedFirst()) {
                session.execute(empty(table.table()));
            }
        }
        int rounds =
                tables.stream().mapToInt(table -> table.rounds().size()).max().orElse(0);
        for (int number = 0; number < rounds; number++) {
            writeRound(session, tables, number);
        }
    }

    /** Rows that others refer to come before them and go after them. */
    private void writeRound(PgSession session, List<TableBatch> tables, int number) throws SQLException {
        for (TableBatch table : childrenFirst(tables)) {
            Optional<RowGroup> deletes =
                    table.round(number).flatMap(TableBatch.Round::deletes).filter(group -> group.rows() > 0);
            if (deletes.isPresent()) {
                groups.delete(session, table.table().id(), deletes.get());
            }
        }
        for (TableBatch table : tables) {
            for (RowGroup group :
                    table.round(number).map(TableBatch.Round::writes).orElse(List.of())) {
                if (group.rows() > 0) {
                    groups.write(session, table.table(), group);
                }
            }
        }
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
     * The column that refuses the one row of a batch: each is tried alone in a table of its own type. Changes nothing.
     */
    public Optional<String> refusingColumn(PgSession session, Batch batch) throws SQLException {
        for (TableBatch table : batch.tables()) {
            for (TableBatch.Round round : table.rounds()) {
                for (RowGroup group : groups(round)) {
                    Optional<String> column =
                            refusingColumn(session, table.table().id(), group);
                    if (column.isPresent()) {
                        return column;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> refusingColumn(PgSession session, TableId table, RowGroup group)
            throws SQLException {
        Stage stage = session.stage(group.columns().wireTypes());
        session.commit();
        List<WireColumn> columns = group.columns().columns();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            session.execute(Sql.createProbe(table, name));
            try {
                session.fill(stage, group);
            } catch (SQLException e) {
                session.rollback();
                return stagedColumn(e).map(index -> columns.get(index).name());
            }
            try {
                session.execute(Sql.probe(group.columns(), i, stage));
            } catch (SQLException e) {
                session.rollback();
                return Optional.of(name);
            }
            session.rollback();
        }
        return Optional.empty();
    }

    /** The column of the stage whose bytes PostgreSQL could not read, by the context that it gives. */
    private static Optional<Integer> stagedColumn(SQLException error) {
        String context = error instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                ? String.valueOf(postgres.getServerErrorMessage().getWhere())
                : "";
        Matcher column = STAGED_COLUMN.matcher(context);
        return column.find() ? Optional.of(Integer.valueOf(column.group(1))) : Optional.empty();
    }

    private static List<RowGroup> groups(TableBatch.Round round) {
        List<RowGroup> groups = new ArrayList<>(round.writes());
        round.deletes().ifPresent(groups::add);
        groups.removeIf(group -> group.rows() == 0);
        return groups;
    }
}
