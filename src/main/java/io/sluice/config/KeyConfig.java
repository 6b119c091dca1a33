package io.sluice.config;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What identifies a row.
 *
 * @param mode where the key comes from
 * @param fields names of key fields or columns; what they mean depends on the mode
 */
public record KeyConfig(KeyMode mode, List<String> fields) {
    public static final String MODE = "pk.mode";
    public static final String FIELDS = "pk.fields";

    /** The columns of pk.mode kafka unless others are named. */
    public static final List<String> KAFKA_COLUMNS =
            List.of("__connect_topic", "__connect_partition", "__connect_offset");

    public KeyConfig {
        fields = List.copyOf(fields);
    }

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Keys");
        Setting.choice(MODE, KeyMode.AUTO)
                .importance(ConfigDef.Importance.HIGH)
                .governs(FIELDS)
                .define(
                        group,
                        "Key Mode",
                        "Where the key of a row comes from. auto takes the columns of the table's primary key from "
                                + "the value or else from the record key, and gives a table that it creates the record "
                                + "key; none, kafka, record_key, record_value and record_header say it outright. "
                                + "With insert.mode insert and without deletions the default is none.");
        Setting.optional(FIELDS, ConfigDef.Type.LIST, List.of())
                .check(FieldLists::checkNames)
                .width(ConfigDef.Width.LONG)
                .visibleUnless(MODE, "none")
                .define(
                        group,
                        "Key Fields",
                        "Names of the key fields, separated by commas. With kafka three columns for topic, partition "
                                + "and offset; with a primitive record key the one column that takes it; otherwise "
                                + "the fields to use, all when empty.");
    }

    static KeyConfig from(AbstractConfig config) {
        return new KeyConfig(Setting.parseChoice(KeyMode.class, config.getString(MODE)), config.getList(FIELDS));
    }
}
