package io.sluice.table;

import io.sluice.config.TableConfig;
import io.sluice.config.ValueConfig;
import io.sluice.record.Field;
import io.sluice.record.RecordException;
import io.sluice.record.RowShape;
import io.sluice.type.ColumnTypes;
import io.sluice.type.DefaultLiteral;
import io.sluice.type.ExtensionTypes;
import io.sluice.type.Widening;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Works out what a table lacks for a layout. Pure: it neither reads nor changes anything. */
final class SchemaDiff {
    private static final String NO_SCHEMA = "3F000";
    private static final String NO_PRIVILEGE = "42501";
    private static final String DUPLICATE_OBJECT = "42710";
    private static final String NORMALIZE =
            "table.name.normalize=true keeps the dots of a topic or field from naming a schema";

    private final TableConfig config;
    private final Set<String> schemas;
    private final DefaultLiteral defaults;

    SchemaDiff(TableConfig config, ValueConfig values) {
        this.config = config;
        this.schemas = TableRouter.schemas(config);
        this.defaults = new DefaultLiteral(values);
    }

    /**
     * The steps that make the table fit.
     *
     * @param extensions what columns may be made of beyond PostgreSQL's own types
     * @throws RecordException where the configuration forbids a step
     */
    List<DdlStep> steps(TableId id, Optional<TableSchema> table, RowLayout layout, ExtensionTypes extensions) {
        ColumnTypes types = new ColumnTypes(extensions);
        return table.isEmpty() ? List.of(create(id, layout, types)) : evolve(table.get(), layout, types);
    }

    /**
     * Checks that the table is there or may be created.
     *
     * @throws RecordException where it is not there and must be
     */
    void requireTable(TableId id, Optional<TableSchema> table) {
        if (table.isEmpty() && !config.autoCreate()) {
            throw new RecordException(
                    "the table does not exist, or the role has no USAGE on its schema",
                    "Create the table, correct table.name.format, or set auto.create=true"
                            + (isSchemaOfRecord(id) ? ". " + NORMALIZE : ""));
        }
    }

    /** Why a step that PostgreSQL refused is to be blamed on the record; empty where it is not. */
    Optional<RecordException> blame(TableId id, DdlStep step, SQLException refusal) {
        String state = String.valueOf(refusal.getSQLState());
        if (!(step instanceof DdlStep.CreateTable)) {
            return NO_PRIVILEGE.equals(state)
                    ? Optional.of(new RecordException(
                            "the table has to be changed for it, and the role does not own the table",
                            "Change the table as its owner (" + step.sql() + "), or: ALTER TABLE " + id
                                    + " OWNER TO …"))
                    : Optional.empty();
        }
        return switch (state) {
            case NO_SCHEMA, NO_PRIVILEGE ->
                isSchemaOfRecord(id)
                        ? Optional.of(new RecordException(
                                NO_SCHEMA.equals(state)
                                        ? "there is no schema " + Identifiers.quote(id.schema())
                                        : "the role may not create tables in schema " + Identifiers.quote(id.schema()),
                                "Create the schema and grant the role USAGE and CREATE on it, or correct the record. "
                                        + NORMALIZE))
                        : Optional.empty();
            case DUPLICATE_OBJECT ->
                Optional.of(new RecordException(
                        "there is no table of that name, and a type of that name, so that none can be created",
                        "Name another table in table.name.format or topics.to.tables.mapping, or rename the type"));
            default -> Optional.empty();
        };
    }

    /** Whether the schema comes from a topic, or from elsewhere in the record, and not from the configuration. */
    private boolean isSchemaOfRecord(TableId id) {
        return !schemas.contains(id.schema());
    }

    /**
     * The step that lets a column take NULL, where PostgreSQL has refused a row for it and its schema does not require the
     * field, or has it no longer.
     */
    Optional<DdlStep> allowNull(TableSchema table, RowLayout layout, RowShape shape, String column) {
        boolean mayDrop = table.column(column).map(Column::mayDropNotNull).orElse(false);
        return config.evolveWiden() && mayDrop && !layout.keyColumns().contains(column) && shape.allowsNull(column)
                ? Optional.of(new DdlStep.DropNotNull(table.id(), column))
                : Optional.empty();
    }

    private DdlStep create(TableId id, RowLayout layout, ColumnTypes types) {
        List<DdlStep.NewColumn> columns = new ArrayList<>();
        for (int i = 0; i < layout.entries().size(); i++) {
            RowLayout.Entry entry = layout.entries().get(i);
            Field field = entry.field();
            if (i < layout.keyCount()) {
                types.forKey(field.type(), field.hint())
                        .ifPresent(type -> columns.add(new DdlStep.NewColumn(entry.column(), type, true, "")));
            } else {
                types.forField(field.type(), field.hint())
                        .ifPresent(type -> columns.add(
                                new DdlStep.NewColumn(entry.column(), type, field.required(), defaultOf(field, type))));
            }
        }
        if (columns.isEmpty()) {
            throw new RecordException(
                    "the table does not exist, and the record has no field from which to create it",
                    "Create the table, or produce a record with values first");
        }
        return new DdlStep.CreateTable(id, columns, layout.keyColumns());
    }

    private String defaultOf(Field field, String type) {
        return defaults.of(field.type(), type, field.hint().defaultValue()).orElse("");
    }

    private List<DdlStep> evolve(TableSchema table, RowLayout layout, ColumnTypes types) {
        List<DdlStep> steps = new ArrayList<>();
        List<DdlStep.NewColumn> missing = new ArrayList<>();
        for (int i = 0; i < layout.entries().size(); i++) {
            RowLayout.Entry entry = layout.entries().get(i);
            Optional<Column> column = table.column(entry.column());
            Field field = entry.field();
            if (column.isEmpty()) {
                types.forField(field.type(), field.hint())
                        .ifPresent(type -> missing.add(added(entry.column(), type, field)));
            } else if (config.evolveWiden()) {
                steps.addAll(widen(table, column.get(), field, i < layout.keyCount()));
            }
        }
        if (!missing.isEmpty()) {
            requireEvolution(table, missing);
            steps.add(new DdlStep.AddColumns(table.id(), missing));
        }
        return steps;
    }

    /** A required field is missing from the rows that are there; only a default makes up for that. */
    private DdlStep.NewColumn added(String name, String type, Field field) {
        String literal = defaultOf(field, type);
        return new DdlStep.NewColumn(name, type, field.required() && !literal.isEmpty(), literal);
    }

    private static List<DdlStep> widen(TableSchema table, Column column, Field field, boolean key) {
        if (column.generation() == Column.Generation.GENERATED) {
            return List.of();
        }
        List<DdlStep> steps = new ArrayList<>();
        Widening.find(field.type(), field.hint(), column.type())
                .ifPresent(type -> steps.add(new DdlStep.WidenColumn(table.id(), column.name(), type)));
        if (field.hint().optional() && column.mayDropNotNull() && !key) {
            steps.add(new DdlStep.DropNotNull(table.id(), column.name()));
        }
        return steps;
    }

    private void requireEvolution(TableSchema table, List<DdlStep.NewColumn> missing) {
        if (config.autoEvolve()) {
            return;
        }
        Optional<String> similar = missing.stream()
                .flatMap(column -> similar(table, column.name()).stream())
                .findFirst();
        throw new RecordException(
                "the table has no column "
                        + missing.stream()
                                .map(column -> '"' + column.name() + '"')
                                .collect(Collectors.joining(", ")),
                similar.map(name -> "The table has a column \"" + name
                                + "\", and case counts: rename the field with fields.rename, or the column")
                        .orElse(
                                "Add it to the table, remove the field with a transformation, or set auto.evolve=true"));
    }

    /** A column whose name differs in case alone. */
    private static Optional<String> similar(TableSchema table, String name) {
        return table.columns().stream()
                .map(Column::name)
                .filter(name::equalsIgnoreCase)
                .findFirst();
    }
}
