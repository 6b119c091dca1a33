package io.sluice.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How much of one task may wait between {@code put} and durability, and how long a transaction is to take.
 *
 * @param maxRecords most records
 * @param maxBytes most bytes, as held in memory
 * @param latencyTarget what the size of transactions is steered to
 */
public record FlowConfig(long maxRecords, long maxBytes, Duration latencyTarget) {
    public static final String MAX_RECORDS = "buffer.max.records";
    public static final String MAX_BYTES = "buffer.max.bytes";
    public static final String LATENCY_TARGET = "latency.target.ms";

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Flow");
        Setting.optional(MAX_RECORDS, ConfigDef.Type.LONG, 100_000L)
                .check(ConfigDef.Range.atLeast(1))
                .define(
                        group,
                        "Buffered Records",
                        "Most records of one task that wait to become durable, 100000 unless told. "
                                + "At the limit its partitions pause, at half of it they resume.");
        Setting.optional(MAX_BYTES, ConfigDef.Type.LONG, 64L << 20)
                .check(ConfigDef.Range.atLeast(1 << 10))
                .define(
                        group,
                        "Buffered Bytes",
                        "Most memory in bytes that those records take, 64 MiB unless told. "
                                + "At the limit the task's partitions pause, at half of it they resume.");
        Setting.optional(LATENCY_TARGET, ConfigDef.Type.LONG, 500L)
                .check(ConfigDef.Range.between(1, Integer.MAX_VALUE))
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Transaction Time",
                        "How long a transaction is to take in milliseconds, 500 unless told. Where it takes longer, the "
                                + "next ones have fewer rows, and more again, up to batch.size, where there is room.");
    }

    static FlowConfig from(AbstractConfig config) {
        return new FlowConfig(
                config.getLong(MAX_RECORDS),
                config.getLong(MAX_BYTES),
                Duration.ofMillis(config.getLong(LATENCY_TARGET)));
    }
}
