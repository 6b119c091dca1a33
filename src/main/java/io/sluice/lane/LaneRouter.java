package io.sluice.lane;

import io.sluice.config.WriteOrdering;
import io.sluice.record.Change;
import io.sluice.record.LruCache;
import io.sluice.record.RowShape;
import io.sluice.table.KeyRule;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import io.sluice.type.KeyBindings;
import io.sluice.type.RowBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Picks a change's lane: by table and key, so that one key never lives in two lanes, or by topic partition where there
 * is no key, where nothing is sure of it, or where the order of partitions is asked for. Belongs to the task thread.
 */
final class LaneRouter {
    /** The answer for a change that must not be routed before all earlier changes of its table are done. */
    static final int WAIT = -1;

    private static final int FIRST_KEY_BYTES = 256;

    private final WriteOrdering ordering;
    private final KeyRule keys;
    private final KeyBindings bindings;
    private final TableCatalog catalog;
    private final int lanes;
    private final Map<TableId, TableRoute> tables = new HashMap<>();
    /** By the names that tables have in the catalog: each may have several in records. */
    private final Map<TableId, TableRoute> routes = new HashMap<>();

    private final LruCache<TableRoute.RowKind, TableRoute.ShapeRoute> shapes =
            new LruCache<>(TableRoute.ShapeRoute::heldBytes);
    /** In the order in which they came, so that a task's partitions are spread evenly, whichever it has. */
    private final Map<TopicPartition, Integer> partitionLanes = new HashMap<>();

    private final int[] partitionsOfLanes;
    private final RowBuffer key = new RowBuffer(FIRST_KEY_BYTES);

    private int readings = -1;
    private @Nullable TableId lastTable;
    private @Nullable RowShape lastShape;
    private @Nullable TableRoute lastRoute;
    private TableRoute.@Nullable ShapeRoute lastShapeRoute;

    LaneRouter(WriteOrdering ordering, KeyRule keys, KeyBindings bindings, TableCatalog catalog, int lanes) {
        this.ordering = ordering;
        this.keys = keys;
        this.bindings = bindings;
        this.catalog = catalog;
        this.lanes = lanes;
        this.partitionsOfLanes = new int[lanes];
    }

    /** Whether changes of one table and partition may be in several lanes. */
    boolean spreads() {
        return lanes > 1 && ordering == WriteOrdering.KEY && keys.hasKey();
    }

    /**
     * Whether the change's table has to be looked up before the change is routed: it is not known yet, or it lacks what the
     * change needs. Lanes would make up for that each for itself, and in any order.
     */
    boolean needsTable(TableId table, Change change) {
        if (lanes == 1 && !change.isOpen()) {
            return false;
        }
        TableRoute route = route(table);
        if (route == null) {
            return true;
        }
        if (change.operation() != Change.Operation.WRITE) {
            return false;
        }
        TableRoute.ShapeRoute shape = shapeRoute(route, change.shape());
        if (shape.isFitting()) {
            return false;
        }
        if (catalog.lacks(table, route.table(), change.shape())) {
            return true;
        }
        shape.setFitting();
        return false;
    }

    /** The names of the primary key's columns; empty where the table is not known. */
    Optional<List<String>> keyOf(TableId table) {
        return Optional.ofNullable(tables.get(table)).map(route -> route.table().primaryKey());
    }

    /**
     * Makes a table known that was looked up for a change. Returns whether its changes may go on: otherwise what is under way
     * went by another key.
     */
    boolean know(TableId id, TableSchema table, Change change) {
        TableRoute route = routes.computeIfAbsent(table.id(), name -> new TableRoute(table, keys, bindings, shapes));
        boolean alike = route.refresh(table);
        tables.put(id, route);
        forgetLast();
        route.of(change.shape()).setFitting();
        return alike;
    }

    /** The tables that have another key by now than that by which their changes were routed. */
    List<TableId> outdated() {
        int latest = catalog.readings();
        if (latest == readings) {
            return List.of();
        }
        readings = latest;
        List<TableId> outdated = new ArrayList<>();
        tables.forEach((id, route) -> {
            Optional<TableSchema> known = catalog.known(id);
            if (known.isPresent() && !route.refresh(known.get())) {
                outdated.addAll(names(route));
            }
        });
        forgetLast();
        return outdated;
    }

    /** All names by which changes know the table of that name. */
    List<TableId> namesOf(TableId id) {
        TableRoute route = tables.get(id);
        return route == null ? List.of() : names(route);
    }

    private List<TableId> names(TableRoute route) {
        return tables.entrySet().stream()
                .filter(entry -> entry.getValue() == route)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The number of the change's lane, or {@link #WAIT}: then fewer columns of the table's key count from now on.
     *
     * @throws io.sluice.record.RecordException where the change lacks a part of its key
     */
    int lane(TableId table, Change change) {
        if (!spreads() || change.operation() == Change.Operation.TRUNCATE) {
            return laneOfPartition(change);
        }
        TableRoute route = route(table);
        if (route == null) {
            throw new IllegalStateException("a table that is not known");
        }
        TableRoute.KeyColumn[] columns = shapeRoute(route, change.shape()).columns();
        if (columns == null) {
            Optional<TableRoute.KeyColumn[]> found = route.columns(change.shape());
            if (found.isEmpty()) {
                forgetLast();
                return WAIT;
            }
            columns = found.get();
        }
        return columns.length == 0 ? laneOfPartition(change) : laneOfKey(route, change, columns);
    }

    private int laneOfKey(TableRoute route, Change change, TableRoute.KeyColumn[] columns) {
        key.clear();
        for (TableRoute.KeyColumn column : columns) {
            @Nullable Object value = change.value(column.field());
            if (value == null) {
                key.nullField();
            } else if (column.form() != null && !column.form().test(value)) {
                route.drop(column.name());
                forgetLast();
                return WAIT;
            } else {
                try {
                    column.codec().write(value, key);
                } catch (RuntimeException e) {
                    // The lane that tries it says what is wrong.
                    return laneOfPartition(change);
                }
            }
        }
        return laneOf(31 * route.table().id().hashCode() + key.hash(0, key.length()));
    }

    /** The number of the lane of what has no key from the change's partition: partitions are spread evenly. */
    int laneOfPartition(Change change) {
        return partitionLanes.computeIfAbsent(change.origin().partition(), first -> {
            int lane = 0;
            for (int i = 1; i < lanes; i++) {
                lane = partitionsOfLanes[i] < partitionsOfLanes[lane] ? i : lane;
            }
            partitionsOfLanes[lane]++;
            return lane;
        });
    }

    /** Forgets partitions that were taken away. */
    void forgetPartitions(Collection<TopicPartition> revoked) {
        for (TopicPartition partition : revoked) {
            Integer lane = partitionLanes.remove(partition);
            if (lane != null) {
                partitionsOfLanes[lane]--;
            }
        }
    }

    private int laneOf(int hash) {
        return Math.floorMod(spread(hash), lanes);
    }

    private @Nullable TableRoute route(TableId table) {
        if (lastRoute == null || !table.equals(lastTable)) {
            forgetLast();
            lastRoute = tables.get(table);
            lastTable = table;
        }
        return lastRoute;
    }

    /** What is known of a shape of the table that was asked for last. */
    private TableRoute.ShapeRoute shapeRoute(TableRoute route, RowShape shape) {
        if (lastShapeRoute == null || shape != lastShape) {
            lastShapeRoute = route.of(shape);
            lastShape = shape;
        }
        return lastShapeRoute;
    }

    private void forgetLast() {
        lastTable = null;
        lastRoute = null;
        lastShapeRoute = null;
    }

    private static int spread(int hash) {
        int spread = (hash ^ hash >>> 16) * 0x45d9f3b;
        return spread ^ spread >>> 15;
    }
}
