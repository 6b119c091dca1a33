package io.sluice.metrics;

/** One partition that the task has. */
public interface SinkPartitionMXBean {
    @Gauge("Offset up to which every record is durable in PostgreSQL; -1 before the first.")
    long getDurableOffset();

    @Gauge("Records that came from Connect and are not durable yet.")
    long getOpenRecords();

    @Gauge(
            "Records between what is durable and the end of the partition: those that are open, and those that the worker's "
                    + "consumer knew of at its last fetch and has not handed over. Where `consumer.override.client.id` or "
                    + "`metric.reporters` hide the consumer's own metrics, only those that are open.")
    long getLagRecords();

    @Gauge(
            "Age in seconds of the oldest record that is not durable, by its timestamp; of those that have not come yet as if "
                    + "they were as old as the last that has. 0 without lag.")
    double getLagSeconds();

    @Gauge("Records a second that are new at the partition's end, smoothed.")
    double getRecordsPerSecondIn();

    @Gauge("Records a second that become durable, smoothed.")
    double getRecordsPerSecondOut();

    @Gauge("Seconds until the lag is gone if both rates stay; 0 without lag, -1 where it does not shrink.")
    double getCatchUpSeconds();
}
