package io.sluice.lane;

import io.sluice.config.WriteOrdering;
import io.sluice.record.Change;
import io.sluice.record.RowShape;
import io.sluice.table.KeyRule;
import io.sluice.table.RowLayout;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Picks a change's lane: by table and key, so that one key never lives in two lanes, or by topic partition where there
 * is no key or the order of partitions is asked for. Belongs to the task thread.
 */
final class LaneRouter {
    private static final int MOST_SHAPES = 20_000;

    private final WriteOrdering ordering;
    private final KeyRule keys;
    private final int lanes;
    private final Map<TableId, TableSchema> tables = new HashMap<>();
    private final Map<TableId, Map<RowShape, int[]>> keyFields = new HashMap<>();
    /** In the order in which they came, so that a task's partitions are spread evenly, whichever it has. */
    private final Map<TopicPartition, Integer> partitionLanes = new HashMap<>();

    private int shapes;
    private int readings = -1;
    private @Nullable TableId lastTable;
    private @Nullable RowShape lastShape;
    private int[] lastFields = new int[0];

    LaneRouter(WriteOrdering ordering, KeyRule keys, int lanes) {
        this.ordering = ordering;
        this.keys = keys;
        this.lanes = lanes;
    }

    /** Whether the table has to be made known before its changes can be routed. */
    boolean needs(TableId table) {
        return !table.equals(lastTable) && byKey() && keys.needsTable() && !tables.containsKey(table);
    }

    /** Whether changes of one table and partition may be in several lanes. */
    boolean spreads() {
        return byKey() && lanes > 1;
    }

    /** Makes a table known. */
    void know(TableId id, TableSchema table) {
        tables.put(id, table);
        keyFields.remove(id);
        lastTable = null;
    }

    /** The tables whose primary key is another one by now, of those that were read since the last call. */
    List<TableId> outdated(TableCatalog catalog) {
        int latest = catalog.readings();
        if (latest == readings) {
            return List.of();
        }
        readings = latest;
        List<TableId> outdated = new ArrayList<>();
        tables.forEach((id, table) -> {
            if (!catalog.isCurrent(id, table)
                    && !catalog.known(id).map(TableSchema::primaryKey).equals(Optional.of(table.primaryKey()))) {
                outdated.add(id);
            }
        });
        return outdated;
    }

    /** Has a table looked up again before its next change is routed. */
    void forget(TableId id) {
        tables.remove(id);
        keyFields.remove(id);
        lastTable = null;
    }

    /**
     * The number of the change's lane.
     *
     * @throws io.sluice.record.RecordException where the change lacks a part of its key
     */
    int lane(TableId table, Change change) {
        boolean hasKey = byKey() && change.operation() != Change.Operation.TRUNCATE;
        int[] fields = hasKey ? keyFields(table, change.shape()) : new int[0];
        return fields.length == 0 ? laneOfPartition(change) : laneOf(31 * table.hashCode() + keyHash(change, fields));
    }

    /** The number of the lane of what has no key from the change's partition. */
    int laneOfPartition(Change change) {
        return partitionLanes.computeIfAbsent(change.origin().partition(), first -> partitionLanes.size() % lanes);
    }

    private int laneOf(int hash) {
        return Math.floorMod(spread(hash), lanes);
    }

    private boolean byKey() {
        return ordering == WriteOrdering.KEY && keys.hasKey();
    }

    private int[] keyFields(TableId table, RowShape shape) {
        if (shape != lastShape || !table.equals(lastTable)) {
            lastFields = findKeyFields(table, shape);
            lastTable = table;
            lastShape = shape;
        }
        return lastFields;
    }

    private int[] findKeyFields(TableId table, RowShape shape) {
        Map<RowShape, int[]> known = keyFields.computeIfAbsent(table, key -> new HashMap<>());
        int[] fields = known.get(shape);
        if (fields == null) {
            if (++shapes > MOST_SHAPES) {
                shapes = 0;
                keyFields.clear();
                known = new HashMap<>();
                keyFields.put(table, known);
            }
            RowLayout layout = keys.layout(shape, Optional.ofNullable(tables.get(table)));
            fields = layout.key().stream().mapToInt(RowLayout.Entry::index).toArray();
            known.put(shape, fields);
        }
        return fields;
    }

    private static int keyHash(Change change, int[] fields) {
        int hash = 1;
        for (int field : fields) {
            hash = 31 * hash + KeyHash.of(change.value(field));
        }
        return hash;
    }

    private static int spread(int hash) {
        int spread = (hash ^ hash >>> 16) * 0x45d9f3b;
        return spread ^ spread >>> 15;
    }
}
