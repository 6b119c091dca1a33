package io.sluice.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * What is done about records that cannot be written.
 *
 * @param table the written name of the table for them; empty where there is none
 */
public record BadRecordConfig(BadRecordPolicy policy, String table) {
    public static final String TABLE = "errors.table";
    /** Connect's own setting: whether a task goes on after a bad record. */
    static final String TOLERANCE = "errors.tolerance";

    static void define(ConfigDef definition) {
        Setting.optional(TABLE, ConfigDef.Type.STRING, "")
                .check(BadRecordConfig::checkTable)
                .define(
                        new SettingGroup(definition, "Bad Records"),
                        "Table Of Bad Records",
                        "The table for records that cannot be written into theirs, as table or schema.table; none unless "
                                + "told. They are written there in the transaction of the rows around them. It is created "
                                + "if it is not there and the role may do that. Needs errors.tolerance=all, which is Connect's; with "
                                + "that and without a table, such records only go to Connect's dead letter queue.");
    }

    static BadRecordConfig from(AbstractConfig config) {
        String table = config.getString(TABLE).trim();
        return new BadRecordConfig(policy(tolerates(config.originals().get(TOLERANCE)), table), table);
    }

    private static BadRecordPolicy policy(boolean tolerates, String table) {
        if (!tolerates) {
            return BadRecordPolicy.FAIL;
        }
        return table.isEmpty() ? BadRecordPolicy.REPORT : BadRecordPolicy.TABLE;
    }

    /** Whether Connect's setting says that a task goes on after a bad record. */
    static boolean tolerates(@Nullable Object tolerance) {
        return tolerance != null && "all".equalsIgnoreCase(tolerance.toString().trim());
    }

    private static void checkTable(String key, @Nullable Object name) {
        if (name != null && !name.toString().isBlank()) {
            TableNameFormat.checkPlain(key, name);
        }
    }
}
