package io.sluice.config;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What may take rows away.
 *
 * @param deletes whether tombstones and envelopes of a deletion delete the row of their key
 * @param truncates whether an envelope of a truncation empties the table
 */
public record DeleteConfig(boolean deletes, boolean truncates) {
    public static final String DELETE = "delete.enabled";
    public static final String TRUNCATE = "truncate.enabled";
    private static final String TASKS = "tasks.max";

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Deletes");
        Setting.optional(DELETE, ConfigDef.Type.BOOLEAN, false)
                .define(
                        group,
                        "Delete Rows",
                        "Whether a record without a value, or an envelope of a deletion, deletes the row of its key. "
                                + "When false, such records are counted and skipped. "
                                + "Needs a key that such a record still has: pk.mode record_key or record_header, or "
                                + "auto with the key in the record key, or the envelope's state before.");
        Setting.optional(TRUNCATE, ConfigDef.Type.BOOLEAN, false)
                .importance(ConfigDef.Importance.LOW)
                .visibleUnless(RecordConfig.FORMAT, "struct", "json")
                .define(
                        group,
                        "Truncate Tables",
                        "Whether an envelope of a truncation (op t) empties its table. "
                                + "When false, such records are counted and skipped. "
                                + "The role then needs TRUNCATE on the table. All its rows have to come by one partition and "
                                + "one task (tasks.max=1), since nothing orders a truncation and rows of other partitions; "
                                + "elsewhere such a record is bad.");
    }

    /** How many tasks the connector has at most: a truncation needs to know of all rows of its table. */
    public static int tasks(Map<String, String> properties) {
        try {
            return Integer.parseInt(properties.getOrDefault(TASKS, "1").trim());
        } catch (NumberFormatException e) {
            // Connect refuses it.
            return 1;
        }
    }

    static DeleteConfig from(AbstractConfig config) {
        return new DeleteConfig(config.getBoolean(DELETE), config.getBoolean(TRUNCATE));
    }
}
