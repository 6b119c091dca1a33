package io.sluice.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How a record becomes a row.
 *
 * @param keys what identifies the row
 * @param format what record values look like
 * @param fields which fields become which columns
 * @param deletes what may take rows away
 * @param values how values are read
 */
public record RecordConfig(
        KeyConfig keys, RecordFormat format, FieldConfig fields, DeleteConfig deletes, ValueConfig values) {
    public static final String FORMAT = "record.format";

    static void define(ConfigDef definition) {
        KeyConfig.define(definition);
        Setting.choice(FORMAT, RecordFormat.AUTO)
                .governs(DeleteConfig.TRUNCATE)
                .define(
                        new SettingGroup(definition, "Records"),
                        "Format Of Records",
                        "What the values of records look like. auto decides by each record's schema, or by its "
                                + "fields where it has none; struct takes every field for a column, json takes maps "
                                + "without a schema, and debezium takes change events in their envelope.");
        FieldConfig.define(definition);
        DeleteConfig.define(definition);
        ValueConfig.define(definition);
    }

    static RecordConfig from(AbstractConfig config) {
        return new RecordConfig(
                KeyConfig.from(config),
                Setting.parseChoice(RecordFormat.class, config.getString(FORMAT)),
                FieldConfig.from(config),
                DeleteConfig.from(config),
                ValueConfig.from(config));
    }
}
