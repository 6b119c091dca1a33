package io.sluice.benchmark;

/** How it is measured, for the report. */
final class Method {

    private Method() {}

    static String text(BenchmarkOptions options) {
        return """
                ## How it is measured

                One broker, one PostgreSQL with fsync on (shared_buffers 1GB, max_wal_size 8GB, checkpoint_timeout 15min,
                the rest default) and one Connect worker for each contender share this machine. Only one contender works at a
                time; variants of Sluice with the same heap share a worker, as two JVMs that run the same code may differ by
                half. Each has one task, 1 GiB of heap unless it says otherwise, and consumers with `max.poll.records=10000`.
                The workers have `topic.tracking.enable=false`: with it, Connect writes down the topic of each record until it
                has read that back, which with hundreds of topics takes half of a worker's processor time.

                - **sluice** has its defaults. **debezium** is Debezium's JDBC sink with `use.reduction.buffer=true`,
                  `batch.size=10000` and `reWriteBatchedInserts=true` or, where that is faster in a trial,
                  `dialect.postgres.unnest.insert.enabled=true`. **drop** is a sink that drops everything. **loader** does
                  without Kafka: batches of 10,000 rows, encoded as binary COPY before the clock starts, over as many
                  connections (1 to 4) as were fastest in a trial; COPY into a temporary table and `INSERT … ON CONFLICT DO
                  UPDATE` (merge), or COPY into the table (copy).
                - Records lie in the topics before the clock starts, as short binary rows that a converter turns into Structs
                  of one schema. Each run is a new connector on an empty table after a CHECKPOINT. Each sink gets warm in
                  runs that do not count, for %d seconds at least; then all take turns, %d times. Rates are per row: where the table shows fewer
                  rows for a contender, its runs are shorter, since it is slow.
                - A run begins when its first record is converted. It ends when the last rows of each partition are visible to
                  another session, which looks every 10 ms and counts all rows afterwards; for drop when the last record is
                  converted.
                - Numbers are medians. Microseconds a row are processor time from /proc: worker, broker, PostgreSQL with all
                  its processes, and the loader's threads. Peak memory is the worker's largest resident size in a run.
                - The **bound** is the number of cores divided by the processor time a row of drop (worker and broker) and
                  loader (PostgreSQL and its own) together: what a sink could do if it cost nothing and kept all cores busy.
                """.formatted(options.warmUp().toSeconds(), options.repetitions());
    }
}
