package io.sluice.batch;

import io.sluice.config.InsertMode;
import io.sluice.config.RowConditions;
import io.sluice.config.WriteConfig;
import io.sluice.record.Change;
import io.sluice.record.FieldType;
import io.sluice.record.LruCache;
import io.sluice.record.RecordException;
import io.sluice.record.RowShape;
import io.sluice.table.Column;
import io.sluice.table.KeyRule;
import io.sluice.table.RowLayout;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import io.sluice.type.ColumnBinding;
import io.sluice.type.ColumnBindings;
import io.sluice.type.KeyBindings;
import io.sluice.type.PgType;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How rows of each shape are encoded for each table, worked out once. Belongs to one lane, so that lanes need not wait
 * for one another; what PostgreSQL has to be asked for, the lanes share in the {@link TableCatalog}.
 */
public final class PlanCache {
    private static final long PLAN_BYTES = 500;
    private static final long COLUMN_BYTES = 300;

    private final TableCatalog catalog;
    private final KeyRule keys;
    private final ColumnBindings bindings;
    private final KeyBindings keyBindings;
    private final InsertMode insertMode;
    private final RowConditions conditions;
    private final LruCache<Purpose, Plan> plans = new LruCache<>(Plan::heldBytes);
    /** Equal sets are one instance, which is quick to compare. */
    private final LruCache<ColumnSet, ColumnSet> columnSets = new LruCache<>(ColumnSet::heldBytes);
    /** Of the catalog, when the plan was looked at that was asked for last. */
    private int readings;

    /** The plans that were asked for last: nearly all changes are like the one before. */
    private Optional<Plan> lastWrite = Optional.empty();

    private Optional<Plan> lastDelete = Optional.empty();

    public PlanCache(TableCatalog catalog, KeyRule keys, ColumnBindings bindings, WriteConfig writes) {
        this.catalog = catalog;
        this.keys = keys;
        this.bindings = bindings;
        this.keyBindings = new KeyBindings(bindings);
        this.insertMode = writes.insertMode();
        this.conditions = writes.conditions();
    }

    /** What a plan is for. */
    private record Purpose(TableId id, RowShape shape, Change.Operation operation) {}

    /**
     * The plan of changes of one shape.
     *
     * @param id the table's name in the configuration
     * @param table the table as it is known to the plan
     * @param encoder encodes every row
     * @param common encodes rows that need fewer casts, where there may be such
     */
    record Plan(TableId id, RowShape shape, TableSchema table, RowEncoder encoder, Optional<CommonRows> common) {
        /** What encodes the change's row. */
        RowEncoder encoder(Change change) {
            return common.isPresent() && common.get().takes(change)
                    ? common.get().encoder()
                    : encoder;
        }

        private long heldBytes() {
            int encoders = common.isPresent() ? 2 : 1;
            return shape.heldBytes()
                    + encoders
                            * (PLAN_BYTES
                                    + COLUMN_BYTES * encoder.columns().columns().size());
        }

        private boolean isFor(TableId otherId, RowShape otherShape) {
            return shape == otherShape && id.equals(otherId);
        }
    }

    /** Forgets a table whose definition has changed. */
    public void forget(TableId table) {
        plans.removeIf(plan -> plan.id().equals(table));
        lastWrite = Optional.empty();
        lastDelete = Optional.empty();
        catalog.forget(table);
    }

    /**
     * Lets a column take NULL for which PostgreSQL has refused a row of that shape, where that is allowed.
     *
     * @return whether the row is worth another try
     */
    public boolean allowNull(TableId table, RowShape shape, String column) throws SQLException {
        boolean allowed = catalog.allowNull(table, shape, column);
        if (allowed) {
            forget(table);
        }
        return allowed;
    }

    /**
     * The plan of a change, made if need be; empty where there is nothing to do, because the table that a row is to be
     * deleted from is not there yet.
     *
     * @throws RecordException where the change does not fit the table
     * @throws SQLException where the table has to be read or changed and cannot be
     */
    Optional<Plan> plan(TableId id, Change change) throws SQLException {
        boolean delete = change.operation() == Change.Operation.DELETE;
        if (readings != catalog.readings()) {
            // A table may have been read anew, and a field that had no column may have one now.
            readings = catalog.readings();
            lastWrite = Optional.empty();
            lastDelete = Optional.empty();
        }
        Optional<Plan> last = delete ? lastDelete : lastWrite;
        if (last.isPresent() && last.get().isFor(id, change.shape())) {
            return last;
        }
        Optional<Plan> plan = find(id, change.shape(), change.operation());
        if (delete) {
            lastDelete = plan;
        } else {
            lastWrite = plan;
        }
        return plan;
    }

    private Optional<Plan> find(TableId id, RowShape shape, Change.Operation operation) throws SQLException {
        boolean delete = operation == Change.Operation.DELETE;
        Purpose purpose = new Purpose(id, shape, operation);
        Plan known = plans.get(purpose);
        if (known != null && catalog.isCurrent(id, known.table())) {
            return Optional.of(known);
        }
        Optional<TableSchema> found = delete ? catalog.find(id) : Optional.of(catalog.fit(id, shape));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        TableSchema table = found.get();
        RowLayout layout = keys.layout(shape, Optional.of(table));
        Plan plan = delete
                ? new Plan(id, shape, table, deleteEncoder(table, layout), Optional.empty())
                : writePlan(id, shape, table, layout);
        plans.put(purpose, plan);
        return Optional.of(plan);
    }

    /**
     * The table that a truncation empties; empty where there is none yet.
     *
     * @throws SQLException where the table has to be read and cannot be
     */
    Optional<TableSchema> table(TableId id) throws SQLException {
        return catalog.find(id);
    }

    private RowEncoder deleteEncoder(TableSchema table, RowLayout layout) {
        requireWholeKey(table, layout);
        return columns(table, layout.key(), layout.keyCount()).encoder(columnSets, layout.keyCount());
    }

    /** With less than a whole key a deletion would take rows that nobody named. */
    private static void requireWholeKey(TableSchema table, RowLayout layout) {
        if (layout.keyCount() == 0) {
            throw new RecordException(
                    "the record asks for a deletion and the table has no key to delete by",
                    "Add a primary key to the table, or set delete.enabled=false");
        }
        if (!table.holdsUniqueKey(Set.copyOf(layout.keyColumns()))) {
            throw new RecordException(
                    "the record asks for a deletion and the table has no primary key or unique constraint on "
                            + layout.keyColumns() + ", so that more than one row might go",
                    "Correct pk.fields, or add a unique constraint on these columns");
        }
    }

    private Plan writePlan(TableId id, RowShape shape, TableSchema table, RowLayout layout) {
        Optional<String> obstacle = table.keys().obstacle();
        if (insertMode == InsertMode.UPSERT && obstacle.isPresent()) {
            throw new RecordException(
                    "PostgreSQL upserts no rows into the table: " + obstacle.get(), "Use insert.mode=insert");
        }
        if (insertMode == InsertMode.UPSERT && !table.isUnique(Set.copyOf(layout.keyColumns()))) {
            throw new RecordException(
                    "the table has no primary key or unique constraint on " + layout.keyColumns()
                            + ", which an upsert needs" + table.keys().whyUnfit(),
                    "Add a unique constraint on these columns, correct pk.fields, or use insert.mode=insert or update");
        }
        EncoderColumns columns = columns(table, layout.entries(), layout.keyCount());
        switch (insertMode) {
            case INSERT -> fillUp(table, columns);
            case UPSERT -> {
                keepOthers(table, columns);
                compareVersions(columns);
            }
            case UPDATE -> compareVersions(columns);
        }
        int requiredKeys = insertMode == InsertMode.INSERT ? 0 : layout.keyCount();
        RowEncoder encoder = columns.encoder(columnSets, requiredKeys);
        return new Plan(id, shape, table, encoder, columns.commonRows(columnSets, requiredKeys));
    }

    /**
     * An insert of a row without a column is an insert of NULL there, unless the column has a default. To say so outright
     * makes rows of different shapes alike, and they share a statement. A view's column may have a default, or take no value
     * at all, and does not say so.
     */
    private void fillUp(TableSchema table, EncoderColumns columns) {
        if (table.kind() == TableSchema.Kind.VIEW) {
            return;
        }
        for (Column column : table.columns()) {
            if (!columns.has(column) && !column.hasDefault() && column.insertable()) {
                columns.addNull(column, bindings.ofNull(column.type()));
            }
        }
    }

    /** A row that leaves out a column leaves it as it is, also one that a new row has to have. */
    private static void keepOthers(TableSchema table, EncoderColumns columns) {
        for (Column column : table.columns()) {
            if (!columns.has(column) && column.notNull() && !column.hasDefault()) {
                columns.keep(column);
            }
        }
    }

    private void compareVersions(EncoderColumns columns) {
        if (!conditions.versionColumn().isEmpty()) {
            columns.version(conditions.versionColumn());
        }
    }

    private EncoderColumns columns(TableSchema table, List<RowLayout.Entry> entries, int keyCount) {
        EncoderColumns columns = new EncoderColumns(keyCount);
        for (int i = 0; i < entries.size(); i++) {
            RowLayout.Entry entry = entries.get(i);
            Optional<Column> column = table.column(entry.column());
            if (i < keyCount && column.isEmpty()) {
                throw new RecordException(
                        "the table has no column \"" + entry.column() + "\", which is a part of the key",
                        "Correct pk.fields, or add the column to the table");
            }
            // Only a field whose values were all null so far has no column, and then there is nothing to write. A
            // generated column takes no value but its own.
            if (column.isPresent() && (i < keyCount || column.get().generation() != Column.Generation.GENERATED)) {
                FieldType field = entry.field().type();
                PgType type = column.get().type();
                Optional<ColumnBinding> binding =
                        i < keyCount ? keyBindings.find(field, type) : bindings.find(field, type);
                columns.add(column.get(), binding.orElseThrow(() -> unfit(column.get(), field)), entry.index());
                if (i >= keyCount) {
                    // Keys are compared by their bytes, so each has one form only.
                    bindings.commonForm(field, type).ifPresent(columns::commonly);
                }
            }
        }
        return columns;
    }

    private static RecordException unfit(Column column, FieldType field) {
        return new RecordException(
                "column \"" + column.name() + "\" is " + column.type().sqlName()
                        + ", which cannot hold a field of type " + field,
                "Change the column's type, convert the field with a transformation, or leave it out");
    }
}
