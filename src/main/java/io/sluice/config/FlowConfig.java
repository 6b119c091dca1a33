package io.sluice.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How much of one task may wait between {@code put} and durability, how fast it may come in, and how long a transaction is
 * to take.
 *
 * @param maxRecords most records
 * @param maxBytes most bytes, as held in memory
 * @param rowsPerSecond most rows that come in within a second, zero for any number
 * @param bytesPerSecond most bytes, as held in memory, zero for any number
 * @param latencyTarget what the size of transactions is steered to
 */
public record FlowConfig(
        long maxRecords, long maxBytes, long rowsPerSecond, long bytesPerSecond, Duration latencyTarget) {
    public static final String MAX_RECORDS = "buffer.max.records";
    public static final String MAX_BYTES = "buffer.max.bytes";
    public static final String ROWS_PER_SECOND = "rate.limit.rows.per.second";
    public static final String BYTES_PER_SECOND = "rate.limit.bytes.per.second";
    public static final String LATENCY_TARGET = "latency.target.ms";

    private static final long USUAL_BYTES = 64L << 20;
    private static final int HEAP_SHARE = 16;

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Flow");
        Setting.optional(MAX_RECORDS, ConfigDef.Type.LONG, 100_000L)
                .check(ConfigDef.Range.atLeast(1))
                .define(
                        group,
                        "Buffered Records",
                        "Most records of one task that wait to become durable, 100000 unless told. "
                                + "At the limit its partitions pause, at half of it they resume.");
        Setting.optional(MAX_BYTES, ConfigDef.Type.LONG, USUAL_BYTES)
                .check(ConfigDef.Range.atLeast(1 << 10))
                .define(
                        group,
                        "Buffered Bytes",
                        "Most memory in bytes that those records take. Unless told 64 MiB, or a sixteenth of the worker's "
                                + "heap where that is less. "
                                + "At the limit the task's partitions pause, at half of it they resume.");
        Setting.optional(ROWS_PER_SECOND, ConfigDef.Type.LONG, 0L)
                .check(ConfigDef.Range.atLeast(0))
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Limit Of Rows",
                        "Most rows that one task takes in within a second; 0, the default, sets no limit. "
                                + "When it is reached the task's partitions pause for a moment.");
        Setting.optional(BYTES_PER_SECOND, ConfigDef.Type.LONG, 0L)
                .check(ConfigDef.Range.atLeast(0))
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Limit Of Bytes",
                        "Most bytes that one task takes in within a second, counted as buffer.max.bytes counts them; "
                                + "0, the default, sets no limit.");
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
                maxBytes(config),
                config.getLong(ROWS_PER_SECOND),
                config.getLong(BYTES_PER_SECOND),
                Duration.ofMillis(config.getLong(LATENCY_TARGET)));
    }

    private static long maxBytes(AbstractConfig config) {
        boolean told = config.originals().containsKey(MAX_BYTES);
        return told
                ? config.getLong(MAX_BYTES)
                : usualBytes(Runtime.getRuntime().maxMemory());
    }

    /** A small heap that is half full of waiting records spends its time on garbage, and overflows with a few tasks. */
    static long usualBytes(long heap) {
        return Math.min(USUAL_BYTES, heap / HEAP_SHARE);
    }
}
