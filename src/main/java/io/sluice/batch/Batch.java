package io.sluice.batch;

import io.sluice.config.WriteOrdering;
import io.sluice.record.DeadLetter;
import java.util.List;
import java.util.OptionalInt;

/**
 * What one transaction writes.
 *
 * @param ordering {@code PARTITION} where the changes are written one by one in the order in which they came
 * @param tables in the order in which their first changes came; where changes are written one by one, a part of a table for
 *     each run of changes that one statement can write
 * @param letters bad records that are written down beside the rows
 * @param records changes and bad records that it makes durable
 * @param changes those of the records that asked for a row to be written or deleted in a table that is there
 * @param bytes encoded size of the rows that are sent
 */
public record Batch(
        WriteOrdering ordering,
        List<TableBatch> tables,
        List<DeadLetter> letters,
        int records,
        int changes,
        long bytes) {
    public Batch {
        tables = List.copyOf(tables);
        letters = List.copyOf(letters);
    }

    /**
     * The number of the change whose row PostgreSQL names, in the order in which changes and letters were added.
     *
     * @param table its name without its schema
     * @param line from 1, among the rows that are written to that table
     */
    public OptionalInt record(String table, int line) {
        List<TableBatch> named = tables.stream()
                .filter(batch -> batch.table().id().name().equals(table))
                .toList();
        return named.size() == 1 ? named.get(0).record(line - 1) : OptionalInt.empty();
    }

    /** Changes that need no row, because a later one has their key or empties their table. */
    public int superseded() {
        return changes - rows();
    }

    /** Rows that are sent. */
    public int rows() {
        return tables.stream().mapToInt(TableBatch::rows).sum();
    }

    /** Those of the rows that are keys to be deleted. */
    public int deletes() {
        return tables.stream().mapToInt(TableBatch::deletes).sum();
    }
}
