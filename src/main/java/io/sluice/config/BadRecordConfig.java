package io.sluice.config;

import java.util.Map;
import java.util.Optional;
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

    private static final String DEAD_LETTER_TOPIC = "errors.deadletterqueue.topic.name";

    static void define(ConfigDef definition) {
        Setting.optional(TABLE, ConfigDef.Type.STRING, "")
                .check(BadRecordConfig::checkTable)
                .define(
                        new SettingGroup(definition, "Bad Records"),
                        "Table Of Bad Records",
                        "The table for records that cannot be written into theirs, as table or schema.table; none unless "
                                + "told. They are written there in the transaction of the rows around them. It is created "
                                + "if it is not there and the role may do that. Needs errors.tolerance=all, which is Connect's; with "
                                + "that and without a table, such records only go to Connect's dead letter queue. "
                                + "Records that a converter or a transformation refuses never get here: Connect puts them "
                                + "into errors.deadletterqueue.topic.name, and drops them where that is not set.");
    }

    static BadRecordConfig from(AbstractConfig config) {
        String table = config.getString(TABLE).trim();
        return new BadRecordConfig(policy(tolerates(config.originals().get(TOLERANCE)), table), table);
    }

    /** Connect drops what a converter or a transformation refuses before a sink sees it, unless it has a topic for that. */
    static Optional<String> warning(Map<String, String> properties) {
        boolean drops = tolerates(properties.get(TOLERANCE))
                && properties.getOrDefault(DEAD_LETTER_TOPIC, "").isBlank();
        return drops
                ? Optional.of(
                        "With errors.tolerance=all and without " + DEAD_LETTER_TOPIC + ", Connect drops every record "
                                + "that a converter or a transformation refuses; " + TABLE + " never sees it. Set "
                                + DEAD_LETTER_TOPIC + ", and errors.log.enable to true.")
                : Optional.empty();
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
