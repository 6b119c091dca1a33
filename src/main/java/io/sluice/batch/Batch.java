package io.sluice.batch;

import java.util.List;

/**
 * What one transaction writes.
 *
 * @param tables in the order in which their first changes came
 * @param records changes that it makes durable
 * @param bytes encoded size of the rows that are sent
 */
public record Batch(List<TableBatch> tables, int records, long bytes) {
    public Batch {
        tables = List.copyOf(tables);
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
