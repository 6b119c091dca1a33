package io.sluice.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How a record becomes a row.
 *
 * @param keyMode where the key comes from
 * @param keyFields names of key fields or columns; what they mean depends on the mode
 * @param deleteEnabled whether a tombstone deletes the row of its key
 * @param zone zone of columns that hold wall-clock time
 */
public record RecordConfig(KeyMode keyMode, List<String> keyFields, boolean deleteEnabled, ZoneId zone) {
    public static final String KEY_MODE = "pk.mode";
    public static final String KEY_FIELDS = "pk.fields";
    public static final String DELETE_ENABLED = "delete.enabled";
    public static final String TIME_ZONE = "db.timezone";

    public RecordConfig {
        keyFields = List.copyOf(keyFields);
    }

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Records");
        Setting.choice(KEY_MODE, KeyMode.AUTO)
                .importance(ConfigDef.Importance.HIGH)
                .define(
                        group,
                        "Key Mode",
                        "Where the key of a row comes from. auto takes the columns of the table's primary key from "
                                + "the value or else from the record key, and gives a table that it creates the record "
                                + "key; none, kafka, record_key, record_value and record_header say it outright.");
        Setting.optional(KEY_FIELDS, ConfigDef.Type.LIST, List.of())
                .importance(ConfigDef.Importance.MEDIUM)
                .width(ConfigDef.Width.LONG)
                .define(
                        group,
                        "Key Fields",
                        "Names of the key fields, separated by commas. With kafka three columns for topic, partition "
                                + "and offset; with a primitive record key the one column that takes it; otherwise "
                                + "the fields to use, all when empty.");
        Setting.optional(DELETE_ENABLED, ConfigDef.Type.BOOLEAN, false)
                .define(
                        group,
                        "Delete On Tombstone",
                        "Whether a record without a value deletes the row of its key. "
                                + "When false, such records are skipped. "
                                + "Needs pk.mode record_key, or auto with the key in the record key.");
        Setting.optional(TIME_ZONE, ConfigDef.Type.STRING, "UTC")
                .check(RecordConfig::checkZone)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Time Zone",
                        "Zone of the wall-clock time in timestamp columns, UTC unless told. "
                                + "A timestamptz column keeps the instant and a date is a date: no zone shifts them.");
    }

    static RecordConfig from(AbstractConfig config) {
        return new RecordConfig(
                Setting.parseChoice(KeyMode.class, config.getString(KEY_MODE)),
                config.getList(KEY_FIELDS),
                config.getBoolean(DELETE_ENABLED),
                ZoneId.of(config.getString(TIME_ZONE)));
    }

    private static void checkZone(String key, @Nullable Object value) {
        try {
            ZoneId.of(String.valueOf(value));
        } catch (DateTimeException e) {
            throw new ConfigException(
                    key + ": '" + value + "' is not a time zone. Use a name such as UTC or Europe/Berlin.");
        }
    }
}
