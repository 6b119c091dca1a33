package io.sluice.quickstart;

import io.sluice.harness.JvmView;
import java.util.List;
import javax.management.ObjectName;

/** What the connector's tasks count, read from the worker over JMX. */
final class SinkCounters implements AutoCloseable {

    private final JvmView worker;
    private final String pattern;

    SinkCounters(JvmView worker, String connector) {
        this.worker = worker;
        this.pattern = "io.sluice:type=sink-task,connector=" + ObjectName.quote(connector) + ",*";
    }

    /** Records that are durable in PostgreSQL. */
    long written() {
        return sum("RecordsWritten");
    }

    /** Partitions that flow control holds back. */
    long pausedPartitions() {
        return sum("PausedPartitions");
    }

    /** Zero before the first task is up. */
    private long sum(String attribute) {
        List<String> tasks =
                worker.beans(pattern).stream().map(ObjectName::getCanonicalName).toList();
        return tasks.stream()
                .mapToLong(task -> (long) worker.number(task, attribute))
                .sum();
    }

    @Override
    public void close() {
        worker.close();
    }
}
