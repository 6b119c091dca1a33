package io.sluice.write;

import io.sluice.batch.ColumnSet;
import io.sluice.batch.RowGroup;
import io.sluice.batch.WireColumn;
import io.sluice.config.InsertMode;
import io.sluice.config.RowConditions;
import io.sluice.config.WriteConfig;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** Writes or deletes the rows of one group, by one statement or a few. Lanes share it. */
final class GroupWriter {
    /** Types whose binary form is that of text. */
    private static final Set<String> TEXT_TYPES = Set.of("text", "varchar", "bpchar", "name");

    private final MethodChoice methods;
    private final InsertMode insertMode;
    private final RowConditions conditions;

    GroupWriter(WriteConfig writes, MethodChoice methods) {
        this.methods = methods;
        this.insertMode = writes.insertMode();
        this.conditions = writes.conditions();
    }

    /** Deletes the rows whose keys the group has. */
    void delete(PgSession session, TableId table, RowGroup group) throws SQLException {
        RowSource source = methods.source(session, group);
        source.run(session, Sql.delete(table, group.columns(), source), group);
    }

    void write(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        switch (insertMode) {
            case INSERT -> insert(session, table, group);
            case UPSERT -> upsert(session, table, group);
            case UPDATE -> update(session, table, group);
        }
    }

    private void upsert(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        RowSource source = methods.source(session, group);
        source.run(session, Sql.upsert(table.id(), group.columns(), source, conditions), group);
    }

    private void update(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        if (!group.columns().assigned().isEmpty()) {
            RowSource source = methods.source(session, group);
            source.run(session, Sql.update(table.id(), group.columns(), source, conditions), group);
        }
    }

    /**
     * Copies rows straight into the table, where their bytes are those of the columns' types: COPY takes bytes for values
     * of the column's own type, whatever they were meant for, and would make the character U+0001 of a true in a column
     * that has become text. In any other case a statement reads the rows from elsewhere and casts them.
     */
    private void insert(PgSession session, TableSchema table, RowGroup group) throws SQLException {
        if (methods.copies(session, group)
                && copiesStraight(table, group.columns())
                && holdsTypes(session, table.id(), group.columns())) {
            session.copy(Sql.copyToTable(table.id(), group.columns()), group);
        } else {
            RowSource source = methods.source(session, group);
            source.run(session, Sql.insert(table.id(), group.columns(), source), group);
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
}
