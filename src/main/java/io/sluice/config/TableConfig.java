package io.sluice.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Which table a topic goes to, and what may be done to it.
 *
 * @param nameFormat the table's name, with placeholders
 * @param topicTables tables of single topics; they win over the format
 * @param names how names become identifiers
 * @param autoCreate whether missing tables are created
 * @param autoEvolve whether missing columns are added
 * @param evolveWiden whether column types are widened where no value can be lost
 */
public record TableConfig(
        String nameFormat,
        Map<String, String> topicTables,
        NameStyle names,
        boolean autoCreate,
        boolean autoEvolve,
        boolean evolveWiden) {
    public static final String NAME_FORMAT = "table.name.format";
    public static final String TOPIC_TABLES = "topics.to.tables.mapping";
    public static final String NORMALIZE = "table.name.normalize";
    public static final String QUOTE = "quote.sql.identifiers";
    public static final String AUTO_CREATE = "auto.create";
    public static final String AUTO_EVOLVE = "auto.evolve";
    public static final String EVOLVE_WIDEN = "evolve.widen";

    public TableConfig {
        topicTables = Map.copyOf(topicTables);
    }

    private static final String NEVER = "NEVER";

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Tables");
        defineNames(group);
        defineChanges(group);
    }

    private static void defineNames(SettingGroup group) {
        Setting.optional(NAME_FORMAT, ConfigDef.Type.STRING, "${topic}")
                .check(TableNameFormat::check)
                .importance(ConfigDef.Importance.HIGH)
                .width(ConfigDef.Width.LONG)
                .define(
                        group,
                        "Table Name",
                        "Name of the table, with ${topic} for the topic. ${topic.2} is the second of the topic's parts "
                                + "between dots and ${topic.-1} the last; ${field.x}, ${header.x} and ${source.x} "
                                + "are the value of a field, a header or a field of an envelope's source. A dot "
                                + "separates schema and table; double quotes keep a part whole. Where dots that came "
                                + "from a placeholder would give more than two parts they become underscores.");
        Setting.optional(TOPIC_TABLES, ConfigDef.Type.LIST, List.of())
                .check(TableConfig::checkMapping)
                .width(ConfigDef.Width.LONG)
                .define(
                        group,
                        "Topics To Tables",
                        "Tables of single topics as topic:table, separated by commas. "
                                + "They win over table.name.format for the topics that they name.");
        Setting.optional(NORMALIZE, ConfigDef.Type.BOOLEAN, false)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Plain Table Names",
                        "Whether each character outside A-Z, a-z, 0-9 and _ that came from a placeholder becomes an "
                                + "underscore. Without it such names are kept and quoted.");
        Setting.words(QUOTE, "ALWAYS", NEVER)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Spelling Of Names",
                        "How names of tables and columns are spelled. ALWAYS keeps the case of topics and fields; "
                                + "NEVER folds A to Z to lower case, as PostgreSQL reads names without quotes. "
                                + "Reserved words and special characters are safe with both.");
    }

    private static void defineChanges(SettingGroup group) {
        Setting.optional(AUTO_CREATE, ConfigDef.Type.BOOLEAN, false)
                .importance(ConfigDef.Importance.HIGH)
                .define(
                        group,
                        "Create Tables",
                        "Whether a missing table is created from the first record that needs it. "
                                + "The role then needs CREATE on the schema.");
        Setting.optional(AUTO_EVOLVE, ConfigDef.Type.BOOLEAN, false)
                .governs(EVOLVE_WIDEN)
                .define(
                        group,
                        "Add Columns",
                        "Whether a missing column is added when a record brings a field for it. "
                                + "The role then needs to own the table.");
        Setting.optional(EVOLVE_WIDEN, ConfigDef.Type.BOOLEAN, false)
                .importance(ConfigDef.Importance.LOW)
                .visibleWith(AUTO_EVOLVE)
                .define(
                        group,
                        "Widen Columns",
                        "Whether auto.evolve may also widen columns. A column gets a type that holds every value of the "
                                + "old one, integer to bigint or varchar to text for example, and loses its NOT NULL "
                                + "where a field has become optional or is gone. PostgreSQL may rewrite the table.");
    }

    static TableConfig from(AbstractConfig config) {
        Map<String, String> mapping = new LinkedHashMap<>();
        for (String entry : config.getList(TOPIC_TABLES)) {
            int colon = entry.indexOf(':');
            mapping.put(
                    entry.substring(0, colon).trim(), entry.substring(colon + 1).trim());
        }
        return new TableConfig(
                config.getString(NAME_FORMAT).trim(),
                mapping,
                new NameStyle(
                        config.getBoolean(NORMALIZE),
                        NEVER.equalsIgnoreCase(config.getString(QUOTE).trim())
                                ? IdentifierCase.LOWER
                                : IdentifierCase.AS_IS),
                config.getBoolean(AUTO_CREATE),
                config.getBoolean(AUTO_EVOLVE),
                config.getBoolean(EVOLVE_WIDEN));
    }

    private static void checkMapping(String key, @Nullable Object value) {
        if (!(value instanceof List<?> entries)) {
            return;
        }
        Map<String, String> tables = new HashMap<>();
        for (Object entry : entries) {
            String[] parts = entry.toString().split(":", -1);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new ConfigException(key + ": '" + entry
                        + "' is not of the form topic:table. Write orders:shop.orders for example.");
            }
            TableNameFormat.checkPlain(key, parts[1]);
            String before = tables.put(parts[0].trim(), parts[1].trim());
            if (before != null && !before.equals(parts[1].trim())) {
                throw new ConfigException(
                        key + ": topic " + parts[0].trim() + " is given two tables. Leave one of them out.");
            }
        }
    }
}
