package io.sluice.write;

import io.sluice.batch.TableBatch;
import io.sluice.table.TableId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which the tables of a transaction are written, so that rows find those that they refer to. */
final class ReferenceOrder {
    private final Map<TableId, TableBatch> tables = new LinkedHashMap<>();
    private final Set<TableBatch> visited = new HashSet<>();
    private final List<TableBatch> ordered = new ArrayList<>();

    private ReferenceOrder(List<TableBatch> tables) {
        tables.forEach(table -> this.tables.put(table.table().id(), table));
    }

    /** The tables, each after those that its foreign keys refer to; where they refer to one another, as they came. */
    static List<TableBatch> parentsFirst(List<TableBatch> tables) {
        if (tables.stream()
                .allMatch(table -> table.table().references().parents().isEmpty())) {
            return tables;
        }
        ReferenceOrder order = new ReferenceOrder(tables);
        // Two names may mean one table, and both are to be written.
        tables.forEach(order::visit);
        return order.ordered;
    }

    private void visit(TableBatch table) {
        if (!visited.add(table)) {
            return;
        }
        for (TableId parent : table.table().references().parents()) {
            TableBatch found = tables.get(parent);
            if (found != null) {
                visit(found);
            }
        }
        ordered.add(table);
    }
}
