package io.sluice.batch;

import io.sluice.config.InsertMode;
import io.sluice.record.Change;
import io.sluice.record.DeadLetter;
import io.sluice.record.RecordException;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encodes changes into a batch. The buffers are used again for the next one, so a batch is good only until
 * {@link #clear()}. Belongs to one lane.
 */
public final class BatchAssembler {
    /** A batch of very many tables is rare. */
    private static final int MAX_KEPT_INDEXES = 100;

    private final PlanCache plans;
    private final InsertMode insertMode;
    private final Map<TableId, TableBatch> tables = new LinkedHashMap<>();
    private final GroupPool groups = new GroupPool();
    private final List<KeyIndex> indexes = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private int records;
    private int changes;
    private long bytes;
    private @Nullable TableId lastTable;
    private @Nullable TableBatch lastBatch;

    public BatchAssembler(PlanCache plans, InsertMode insertMode) {
        this.plans = plans;
        this.insertMode = insertMode;
    }

    /**
     * Adds a change.
     *
     * @throws RecordException where it does not fit its table; the batch is as it was before
     * @throws SQLException where its table has to be read or changed and cannot be
     */
    public void add(TableId id, Change change) throws SQLException {
        if (change.operation() == Change.Operation.TRUNCATE) {
            plans.table(id).ifPresent(schema -> table(id, schema).truncate());
        } else {
            Optional<PlanCache.Plan> plan = plans.plan(id, change);
            if (plan.isPresent()) {
                add(id, change, plan.get());
            }
        }
        records++;
    }

    private void add(TableId id, Change change, PlanCache.Plan plan) {
        TableBatch table = table(id, plan.table());
        bytes += change.operation() == Change.Operation.DELETE
                ? table.delete(plan.encoder(), change, records)
                : table.write(plan.encoder(change), change, records);
        changes++;
    }

    /** Adds a bad record, to be written down as such. */
    public void add(DeadLetter letter) {
        letters.add(letter);
        records++;
    }

    /** Forgets a table, which is read again for the next change. */
    public void forget(TableId id) {
        plans.forget(id);
    }

    /** What entries call the table of that name in the catalog; empty where it is not in the batch. */
    public Optional<TableId> calls(TableId table) {
        return tables.entrySet().stream()
                .filter(entry -> entry.getValue().table().id().equals(table))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Memory that the rows so far hold: encoded, and in groups, of which each column set needs another one. */
    public long heldBytes() {
        return bytes + groups.overheadBytes();
    }

    /** What was added. */
    public Batch batch() {
        return new Batch(List.copyOf(tables.values()), letters, records, changes, bytes);
    }

    /** Starts the next batch; the last one is not to be used any more. */
    public void clear() {
        tables.clear();
        letters.clear();
        groups.clear();
        indexes.subList(Math.min(indexes.size(), MAX_KEPT_INDEXES), indexes.size())
                .clear();
        indexes.forEach(KeyIndex::clear);
        records = 0;
        changes = 0;
        bytes = 0;
        lastTable = null;
        lastBatch = null;
    }

    private TableBatch table(TableId id, TableSchema schema) {
        if (lastBatch != null && id.equals(lastTable) && lastBatch.table() == schema) {
            return lastBatch;
        }
        TableBatch batch = tables.get(id);
        if (batch == null) {
            batch = new TableBatch(schema, insertMode, index(tables.size()), groups);
            tables.put(id, batch);
        } else {
            batch.refresh(schema);
        }
        lastTable = id;
        lastBatch = batch;
        return batch;
    }

    private KeyIndex index(int number) {
        if (number == indexes.size()) {
            indexes.add(new KeyIndex());
        }
        return indexes.get(number);
    }
}
