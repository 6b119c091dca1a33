package io.sluice.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How much of one task may wait between {@code put} and durability.
 *
 * @param maxRecords most records
 * @param maxBytes most bytes, as held in memory
 */
public record FlowConfig(long maxRecords, long maxBytes) {
    public static final String MAX_RECORDS = "buffer.max.records";
    public static final String MAX_BYTES = "buffer.max.bytes";

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
    }

    static FlowConfig from(AbstractConfig config) {
        return new FlowConfig(config.getLong(MAX_RECORDS), config.getLong(MAX_BYTES));
    }
}
