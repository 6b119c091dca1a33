package io.sluice.metrics;

import java.util.concurrent.atomic.LongAdder;

/** What a task counts. */
final class TaskCounters {
    final LongAdder received = new LongAdder();
    final LongAdder written = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder deduplicated = new LongAdder();
    final LongAdder deadLetters = new LongAdder();
    final LongAdder rows = new LongAdder();
    final LongAdder deletes = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder copies = new LongAdder();
    final LongAdder copyConflicts = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder fenced = new LongAdder();
    final LongAdder rewound = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder schemaChanges = new LongAdder();

    void committed(CommittedBatch batch) {
        written.add(batch.records());
        deduplicated.add(batch.superseded());
        rows.add(batch.rows());
        deletes.add(batch.deletes());
        bytes.add(batch.bytes());
        batches.increment();
    }
}
