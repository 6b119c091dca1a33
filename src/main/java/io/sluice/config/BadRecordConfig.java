package io.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * What is done about records that cannot be written.
 *
 * @param table the written name of the table for them; empty where there is none
 * @param places where they are found, in words; the topic and the log are Connect's
 */
public record BadRecordConfig(BadRecordPolicy policy, String table, List<String> places) {
    public BadRecordConfig {
        places = List.copyOf(places);
    }

    public static final String TABLE = "errors.table";
    /** Connect's own setting: whether a task goes on after a bad record. */
    static final String TOLERANCE = "errors.tolerance";
    /** Connect's own as well. */
    private static final String DEAD_LETTER_TOPIC = "errors.deadletterqueue.topic.name";

    private static final String LOGS = "errors.log.enable";

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
        List<String> places = new ArrayList<>();
        if (!table.isEmpty()) {
            places.add("the table " + table);
        }
        String topic = text(config, DEAD_LETTER_TOPIC);
        if (!topic.isEmpty()) {
            places.add("the topic " + topic);
        }
        if (Boolean.parseBoolean(text(config, LOGS))) {
            places.add("Connect's log");
        }
        return new BadRecordConfig(policy(tolerates(config.originals().get(TOLERANCE)), table), table, places);
    }

    private static String text(AbstractConfig config, String key) {
        Object value = config.originals().get(key);
        return value == null ? "" : value.toString().trim();
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
