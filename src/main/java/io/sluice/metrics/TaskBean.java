package io.sluice.metrics;

/** A task as its MBean shows it. */
final class TaskBean implements SinkTaskMXBean {
    private final TaskMetrics metrics;
    private final TaskCounters counters;

    TaskBean(TaskMetrics metrics, TaskCounters counters) {
        this.metrics = metrics;
        this.counters = counters;
    }

    @Override
    public long getRecordsReceived() {
        return counters.received.sum();
    }

    @Override
    public long getRecordsWritten() {
        return counters.written.sum();
    }

    @Override
    public long getRecordsSkipped() {
        return counters.skipped.sum();
    }

    @Override
    public long getRecordsDeduplicated() {
        return counters.deduplicated.sum();
    }

    @Override
    public long getDeadLetters() {
        return counters.deadLetters.sum();
    }

    @Override
    public long getRowsWritten() {
        return counters.rows.sum();
    }

    @Override
    public long getRowsDeleted() {
        return counters.deletes.sum();
    }

    @Override
    public long getBytesWritten() {
        return counters.bytes.sum();
    }

    @Override
    public long getBatchesCommitted() {
        return counters.batches.sum();
    }

    @Override
    public long getStraightCopies() {
        return counters.copies.sum();
    }

    @Override
    public long getStraightCopyConflicts() {
        return counters.copyConflicts.sum();
    }

    @Override
    public long getRetries() {
        return counters.retries.sum();
    }

    @Override
    public long getPartitionsFenced() {
        return counters.fenced.sum();
    }

    @Override
    public long getPartitionGaps() {
        return counters.gaps.sum();
    }

    @Override
    public long getPartitionsRewound() {
        return counters.rewound.sum();
    }

    @Override
    public long getSchemaChanges() {
        return counters.schemaChanges.sum();
    }

    @Override
    public long getQueuedRecords() {
        return metrics.queuedRecords();
    }

    @Override
    public long getQueuedBytes() {
        return metrics.queuedBytes();
    }

    @Override
    public double getQueueFill() {
        return metrics.queueFill();
    }

    @Override
    public int getPausedPartitions() {
        return metrics.pausedPartitions();
    }

    @Override
    public int getPartitionsPausedByBuffer() {
        return metrics.pause(PauseCause.BUFFER).partitions();
    }

    @Override
    public double getSecondsPausedByBuffer() {
        return metrics.pause(PauseCause.BUFFER).seconds();
    }

    @Override
    public int getPartitionsPausedByRate() {
        return metrics.pause(PauseCause.RATE).partitions();
    }

    @Override
    public double getSecondsPausedByRate() {
        return metrics.pause(PauseCause.RATE).seconds();
    }

    @Override
    public int getPartitionsPausedByBreaker() {
        return metrics.pause(PauseCause.BREAKER).partitions();
    }

    @Override
    public double getSecondsPausedByBreaker() {
        return metrics.pause(PauseCause.BREAKER).seconds();
    }

    @Override
    public int getPartitionsPausedByTable() {
        return metrics.pause(PauseCause.TABLE).partitions();
    }

    @Override
    public double getSecondsPausedByTable() {
        return metrics.pause(PauseCause.TABLE).seconds();
    }

    @Override
    public int getPartitionsPausedByLedger() {
        return metrics.pause(PauseCause.LEDGER).partitions();
    }

    @Override
    public double getSecondsPausedByLedger() {
        return metrics.pause(PauseCause.LEDGER).seconds();
    }

    @Override
    public int getLanesBusy() {
        return metrics.lanesBusy();
    }

    @Override
    public int getBatchLimit() {
        return metrics.batchLimit();
    }

    @Override
    public int getConnectionsActive() {
        return metrics.connections().active();
    }

    @Override
    public int getConnectionsIdle() {
        return metrics.connections().idle();
    }

    @Override
    public int getConnectionsWaiting() {
        return metrics.connections().waiting();
    }

    @Override
    public double getLastCommitAgeSeconds() {
        return metrics.lastCommitAge();
    }

    @Override
    public double getStalledSeconds() {
        return metrics.stalled();
    }

    @Override
    public int getAnomalies() {
        return metrics.anomalies().size();
    }

    @Override
    public String getAnomaly() {
        return String.join("\n", metrics.anomalies());
    }
}
