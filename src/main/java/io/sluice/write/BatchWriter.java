package io.sluice.write;

import io.sluice.batch.Batch;
import io.sluice.batch.ColumnSet;
import io.sluice.batch.RowGroup;
import io.sluice.batch.TableBatch;
import io.sluice.batch.WireColumn;
import io.sluice.config.InsertMode;
import io.sluice.config.RowConditions;
import io.sluice.config.WriteConfig;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/** Writes a batch within one transaction. Holds no state: lanes share it. */
public final class BatchWriter {
    private static final Pattern STAGED_COLUMN = Pattern.compile("^COPY .*, column c(\\d+)");

    /** Types whose binary form is that of text. */
    private static final Set<String> TEXT_TYPES = Set.of("text", "varchar", "bpchar", "name");

    private final InsertMode insertMode;
    private final RowConditions conditions;

    public BatchWriter(WriteConfig writes) {
        this.insertMode = writes.insertMode();
        this.conditions = writes.conditions();
    }

    /**
     * Writes everything; the caller commits.
     *
     * @throws SQLException where it could not; the transaction is then open or broken, and the caller ends it
     */
    public void write(PgSession session, Batch batch) throws SQLException {
        for (TableBatch table : batch.tables()) {
            for (TableBatch.Round round : table.rounds()) {
                // Temporary tables are made before the transaction: they outlive it.
                for (RowGroup group : groups(round)) {
                    session.stage(types(group.columns()));
                }
            }
        }
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
            Optional<RowGroup> deletes = table.round(number).flatMap(TableBatch.Round::deletes);
            if (deletes.isPresent()) {
                delete(session, table.table().id(), deletes.get());
            }
        }
        for (TableBatch table : tables) {
            for (RowGroup group :
                    table.round(number).map(TableBatch.Round::writes).orElse(List.of())) {
                if (group.rows() > 0) {
                    write(session, table.table(), group);
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

    private static void delete(PgSession session, TableId table, RowGroup group) throws SQLException {
        if (group.rows() > 0) {
            String stage = stage(session, group);
            session.execute(Sql.delete(table, group.columns(), stage));
        }
    }

    private void write(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        ColumnSet columns = group.columns();
        switch (insertMode) {
            case INSERT -> insert(session, table, group);
            case UPSERT -> {
                String stage = stage(session, group);
                session.execute(Sql.upsert(table.id(), columns, stage, conditions));
            }
            case UPDATE -> {
                if (!columns.assigned().isEmpty()) {
                    String stage = stage(session, group);
                    session.execute(Sql.update(table.id(), columns, stage, conditions));
                }
            }
        }
    }

    /**
     * Copies rows straight into the table, where their bytes are those of the columns' types: COPY takes bytes for values
     * of the column's own type, whatever they were meant for, and would make the character U+0001 of a true in a column
     * that has become text. In any other case the rows go through a temporary table, and a statement casts them.
     */
    private static void insert(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        if (copiesStraight(table, group.columns()) && holdsTypes(session, table.id(), group.columns())) {
            session.copy(Sql.copyToTable(table.id(), group.columns()), group);
        } else {
            String stage = stage(session, group);
            session.execute(Sql.insert(table.id(), group.columns(), stage));
        }
    }

    private static boolean copiesStraight(TableSchema table, ColumnSet columns) {
        return table.kind() == TableSchema.Kind.TABLE
                && columns.columns().stream().noneMatch(WireColumn::cast);
    }

    private static boolean holdsTypes(PgSession session, TableId table, ColumnSet columns) throws SQLException {
        Map<String, String> types = session.lockColumnTypes(table);
        return columns.columns().stream()
                .allMatch(column -> column.wireType().equals(wireType(types.getOrDefault(column.name(), ""))));
    }

    private static String wireType(String columnType) {
        return TEXT_TYPES.contains(columnType) ? "text" : columnType;
    }

    private static String stage(PgSession session, RowGroup group) throws SQLException {
        String stage = session.stage(types(group.columns()));
        session.fillStage(stage, group);
        return stage;
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
        String stage = session.stage(types(group.columns()));
        List<WireColumn> columns = group.columns().columns();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            session.execute(Sql.createProbe(table, name));
            try {
                session.fillStage(stage, group);
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

    private static List<String> types(ColumnSet columns) {
        return columns.columns().stream().map(WireColumn::wireType).toList();
    }
}
