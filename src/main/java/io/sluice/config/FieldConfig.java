package io.sluice.config;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Which fields become which columns. A key field is never left out.
 *
 * @param included fields that become columns, all when empty
 * @param excluded fields that do not
 * @param renames columns whose names are not their fields'
 * @param documentColumn column that takes the whole value as {@code jsonb}, empty for a column per field
 * @param wholeValueColumn column of a value that is no Struct and no map
 * @param timestampFields fields that hold a time as a number or a text of digits
 * @param timestampPrecision the unit of those numbers
 * @param nulls what becomes of a null where the schema has a default
 * @param unavailableValue stands for a value that the source did not send; the column keeps its own
 */
public record FieldConfig(
        List<FieldRule> included,
        List<FieldRule> excluded,
        List<FieldRename> renames,
        String documentColumn,
        String wholeValueColumn,
        Set<String> timestampFields,
        TimestampPrecision timestampPrecision,
        NullHandling nulls,
        String unavailableValue) {
    public static final String INCLUDED = "fields.whitelist";
    public static final String EXCLUDED = "fields.blacklist";
    public static final String RENAMES = "fields.rename";
    public static final String DOCUMENT_COLUMN = "document.column";
    public static final String WHOLE_VALUE_COLUMN = "string.output.value.column.name";
    public static final String TIMESTAMP_FIELDS = "timestamp.fields.list";
    public static final String TIMESTAMP_PRECISION = "timestamp.precision.mode";
    public static final String NULLS = "replace.null.with.default";
    public static final String UNAVAILABLE_VALUE = "unavailable.value";

    public FieldConfig {
        included = List.copyOf(included);
        excluded = List.copyOf(excluded);
        renames = List.copyOf(renames);
        timestampFields = Set.copyOf(timestampFields);
    }

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Fields");
        defineSelection(group);
        defineWholeValues(group);
        defineTimestamps(group);
        Setting.optional(NULLS, ConfigDef.Type.BOOLEAN, true)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Defaults For Nulls",
                        "Whether a null in an optional field is written as the default of its schema, where that has "
                                + "one. Set it to false to write NULL, as a change event means it. A required field that is "
                                + "not set always takes its default.");
        Setting.optional(UNAVAILABLE_VALUE, ConfigDef.Type.STRING, "__debezium_unavailable_value")
                .check(FieldConfig::checkNotBlank)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Text For Values Not Sent",
                        "The text that stands for a large value which the source did not send. A column that would "
                                + "get it keeps its old value. Change it only together with the source's "
                                + "unavailable.value.placeholder.");
    }

    private static void defineSelection(SettingGroup group) {
        Setting.optional(INCLUDED, ConfigDef.Type.LIST, List.of())
                .check(FieldLists::checkRules)
                .width(ConfigDef.Width.LONG)
                .define(
                        group,
                        "Included Fields",
                        "Fields of the value that become columns, all when empty. Entries are field or topic:field, "
                                + "separated by commas; key fields are always included.");
        Setting.optional(EXCLUDED, ConfigDef.Type.LIST, List.of())
                .check(FieldLists::checkRules)
                .width(ConfigDef.Width.LONG)
                .define(
                        group,
                        "Excluded Fields",
                        "Fields of the value that do not become columns. Entries are field or topic:field, "
                                + "separated by commas; key fields are always included.");
        Setting.optional(RENAMES, ConfigDef.Type.LIST, List.of())
                .check(FieldLists::checkRenames)
                .importance(ConfigDef.Importance.LOW)
                .width(ConfigDef.Width.LONG)
                .define(
                        group,
                        "Renamed Fields",
                        "Columns whose names are not those of their fields. Entries are old:new or topic:old:new, "
                                + "separated by commas.");
    }

    private static void defineWholeValues(SettingGroup group) {
        Setting.optional(DOCUMENT_COLUMN, ConfigDef.Type.STRING, "")
                .define(
                        group,
                        "Column Of Whole Documents",
                        "Name of a column that takes the whole value as jsonb beside the key columns. "
                                + "When empty, the default, each field has a column of its own.");
        Setting.optional(WHOLE_VALUE_COLUMN, ConfigDef.Type.STRING, "record_value")
                .check(FieldConfig::checkNotBlank)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Plain Value Column",
                        "Name of the column that takes a value without fields, a plain text for example. "
                                + "Values with fields do not use it.");
    }

    private static void defineTimestamps(SettingGroup group) {
        Setting.optional(TIMESTAMP_FIELDS, ConfigDef.Type.LIST, List.of())
                .check(FieldLists::checkNames)
                .importance(ConfigDef.Importance.LOW)
                .width(ConfigDef.Width.LONG)
                .governs(TIMESTAMP_PRECISION)
                .define(
                        group,
                        "Timestamp Fields",
                        "Fields that hold a time as a number since 1970, or as a text of digits. "
                                + "They are written as timestamps, in the unit that timestamp.precision.mode gives.");
        Setting.choice(TIMESTAMP_PRECISION, TimestampPrecision.MICROSECONDS)
                .importance(ConfigDef.Importance.LOW)
                .visibleWith(TIMESTAMP_FIELDS)
                .define(
                        group,
                        "Unit Of Timestamp Fields",
                        "Unit of the numbers in the fields that timestamp.fields.list names. PostgreSQL keeps "
                                + "microseconds; nanoseconds are rounded.");
    }

    static FieldConfig from(AbstractConfig config) {
        return new FieldConfig(
                config.getList(INCLUDED).stream().map(FieldRule::parse).toList(),
                config.getList(EXCLUDED).stream().map(FieldRule::parse).toList(),
                config.getList(RENAMES).stream().map(FieldRename::parse).toList(),
                config.getString(DOCUMENT_COLUMN).trim(),
                config.getString(WHOLE_VALUE_COLUMN).trim(),
                Set.copyOf(config.getList(TIMESTAMP_FIELDS)),
                Setting.parseChoice(TimestampPrecision.class, config.getString(TIMESTAMP_PRECISION)),
                config.getBoolean(NULLS) ? NullHandling.DEFAULT_VALUE : NullHandling.NULL,
                config.getString(UNAVAILABLE_VALUE));
    }

    private static void checkNotBlank(String key, @Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            throw new ConfigException(key + ": it must not be empty. Leave the setting out for its default.");
        }
    }
}
