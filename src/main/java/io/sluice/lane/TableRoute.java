package io.sluice.lane;

import io.sluice.record.FieldType;
import io.sluice.record.LruCache;
import io.sluice.record.RowShape;
import io.sluice.table.Column;
import io.sluice.table.KeyRule;
import io.sluice.table.RowLayout;
import io.sluice.table.TableSchema;
import io.sluice.type.ColumnBinding;
import io.sluice.type.ColumnCodec;
import io.sluice.type.CommonForm;
import io.sluice.type.KeyBindings;
import io.sluice.type.PgType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table's key decide on lanes: those that every shape of its rows has in its key, and whose values have
 * equal bytes just when PostgreSQL holds them for equal. A shape or a value of which that is not so takes a column out, for
 * good and for all shapes, since both may be of one row. Belongs to the task thread.
 */
final class TableRoute {
    private static final KeyColumn[] NO_COLUMNS = {};

    private final KeyRule keys;
    private final KeyBindings bindings;
    private final LruCache<RowKind, ShapeRoute> shapes;
    private TableSchema table;
    /** Null before the first shape. */
    private @Nullable List<String> columns;

    /** @param shapes of the rows of all tables */
    TableRoute(TableSchema table, KeyRule keys, KeyBindings bindings, LruCache<RowKind, ShapeRoute> shapes) {
        this.table = table;
        this.keys = keys;
        this.bindings = bindings;
        this.shapes = shapes;
    }

    /**
     * A column that counts, in one shape.
     *
     * @param field the index of the shape's field
     * @param form the form of values that count; null where all do
     */
    record KeyColumn(
            String name,
            int field,
            ColumnCodec codec,
            @Nullable Predicate<Object> form) {}

    /** Rows of one shape for one table. */
    record RowKind(TableRoute table, RowShape shape) {}

    /** What is known of rows of one kind. */
    static final class ShapeRoute {
        private final RowKind kind;
        private boolean fitting;
        private KeyColumn @Nullable [] columns;

        private ShapeRoute(RowKind kind) {
            this.kind = kind;
        }

        /** The memory that it holds, in bytes, estimated. */
        long heldBytes() {
            return kind.shape.heldBytes();
        }

        /** Whether nothing has to be done to the table for these rows, or nothing may be. */
        boolean isFitting() {
            return fitting;
        }

        void setFitting() {
            fitting = true;
        }

        /** The columns that count; null where they have not been worked out. */
        KeyColumn @Nullable [] columns() {
            return columns;
        }
    }

    TableSchema table() {
        return table;
    }

    ShapeRoute of(RowShape shape) {
        return shapes.computeIfAbsent(new RowKind(this, shape), ShapeRoute::new);
    }

    /** What was worked out for shapes holds no more. */
    private void forgetShapes() {
        shapes.removeIf(known -> known.kind.table == this);
    }

    /** Notes how the table is by now, and returns whether rows go the same ways as before. */
    boolean refresh(TableSchema newer) {
        if (newer == table) {
            return true;
        }
        TableSchema before = table;
        table = newer;
        forgetShapes();
        boolean alike = columns == null
                || (newer.primaryKey().equals(before.primaryKey())
                        && columns.stream().allMatch(name -> type(newer, name).equals(type(before, name))));
        if (!alike) {
            columns = null;
        }
        return alike;
    }

    private static Optional<PgType> type(TableSchema table, String column) {
        return table.column(column).map(Column::type);
    }

    /**
     * Works out which columns count in a shape, and returns them; empty where fewer count from now on than did for the rows
     * that are under way.
     *
     * @throws io.sluice.record.RecordException where rows of the shape lack a part of the key
     */
    Optional<KeyColumn[]> columns(RowShape shape) {
        RowLayout layout = keys.layout(shape, Optional.of(table));
        Map<String, KeyColumn> sure = new LinkedHashMap<>();
        for (RowLayout.Entry entry : layout.key()) {
            Optional<PgType> type = type(table, entry.column());
            FieldType field = entry.field().type();
            Optional<ColumnBinding> binding = type.flatMap(column -> bindings.find(field, column));
            if (binding.isEmpty()) {
                // No lane will write these rows.
                return Optional.of(count(shape, NO_COLUMNS));
            }
            keyColumn(entry, binding.get(), type.get()).ifPresent(column -> sure.put(entry.column(), column));
        }
        List<String> counted = columns == null ? List.copyOf(sure.keySet()) : new ArrayList<>(columns);
        List<String> left = counted.stream().filter(sure::containsKey).toList();
        columns = left;
        if (left.size() < counted.size()) {
            forgetShapes();
            return Optional.empty();
        }
        return Optional.of(count(shape, left.stream().map(sure::get).toArray(KeyColumn[]::new)));
    }

    private KeyColumn[] count(RowShape shape, KeyColumn[] counted) {
        of(shape).columns = counted;
        return counted;
    }

    private Optional<KeyColumn> keyColumn(RowLayout.Entry entry, ColumnBinding binding, PgType type) {
        FieldType field = entry.field().type();
        if (binding.exact() || field == FieldType.Scalar.NULL) {
            return Optional.of(new KeyColumn(entry.column(), entry.index(), binding.codec(), null));
        }
        return bindings.commonForm(field, type)
                .map((CommonForm form) -> new KeyColumn(entry.column(), entry.index(), form.codec(), form.takes()));
    }

    /** A column has values of which nothing is sure: it does not count from now on. */
    void drop(String column) {
        if (columns != null) {
            columns = columns.stream().filter(name -> !name.equals(column)).toList();
        }
        forgetShapes();
    }
}
