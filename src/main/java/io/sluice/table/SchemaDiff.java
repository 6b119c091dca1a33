package io.sluice.table;

import io.sluice.config.TableConfig;
import io.sluice.record.FieldType;
import io.sluice.record.RecordException;
import io.sluice.type.ColumnTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Works out what a table lacks for a layout. Pure: it neither reads nor changes anything. */
final class SchemaDiff {
    private final TableConfig config;

    SchemaDiff(TableConfig config) {
        this.config = config;
    }

    /**
     * The steps that make the table fit.
     *
     * @throws RecordException where the configuration forbids a step
     */
    List<DdlStep> steps(TableId id, Optional<TableSchema> table, RowLayout layout) {
        return table.isEmpty() ? List.of(create(id, layout)) : evolve(table.get(), layout);
    }

    /**
     * Checks that the table is there or may be created.
     *
     * @throws RecordException where it is not there and must be
     */
    void requireTable(Optional<TableSchema> table) {
        if (table.isEmpty() && !config.autoCreate()) {
            throw new RecordException(
                    "the table does not exist, or the role has no USAGE on its schema",
                    "Create the table, correct table.name.format, or set auto.create=true");
        }
    }

    private static DdlStep create(TableId id, RowLayout layout) {
        List<DdlStep.NewColumn> columns = new ArrayList<>();
        for (int i = 0; i < layout.entries().size(); i++) {
            RowLayout.Entry entry = layout.entries().get(i);
            boolean key = i < layout.keyCount();
            FieldType field = entry.field().type();
            (key ? ColumnTypes.forKey(field) : ColumnTypes.forField(field))
                    .ifPresent(type -> columns.add(new DdlStep.NewColumn(
                            entry.column(), type, key || entry.field().required())));
        }
        if (columns.isEmpty()) {
            throw new RecordException(
                    "the table does not exist, and the record has no field from which to create it",
                    "Create the table, or produce a record with values first");
        }
        return new DdlStep.CreateTable(id, columns, layout.keyColumns());
    }

    private List<DdlStep> evolve(TableSchema table, RowLayout layout) {
        List<DdlStep> steps = new ArrayList<>();
        List<DdlStep.NewColumn> missing = new ArrayList<>();
        for (RowLayout.Entry entry : layout.entries()) {
            Optional<Column> column = table.column(entry.column());
            if (column.isEmpty()) {
                ColumnTypes.forField(entry.field().type())
                        .ifPresent(type -> missing.add(new DdlStep.NewColumn(entry.column(), type, false)));
            } else if (config.evolveWiden()) {
                ColumnTypes.widened(entry.field().type(), column.get().type())
                        .ifPresent(type -> steps.add(new DdlStep.WidenColumn(table.id(), entry.column(), type)));
            }
        }
        if (!missing.isEmpty()) {
            requireEvolution(missing);
            steps.add(new DdlStep.AddColumns(table.id(), missing));
        }
        return steps;
    }

    private void requireEvolution(List<DdlStep.NewColumn> missing) {
        if (!config.autoEvolve()) {
            throw new RecordException(
                    "the table has no column "
                            + missing.stream()
                                    .map(column -> '"' + column.name() + '"')
                                    .collect(Collectors.joining(", ")),
                    "Add it to the table, remove the field with a transformation, or set auto.evolve=true");
        }
    }
}
