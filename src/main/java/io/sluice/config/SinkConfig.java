package io.sluice.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** All settings of one task. */
public record SinkConfig(
        TaskIdentity identity,
        ConnectionConfig connection,
        ValidationConfig validation,
        RecordConfig records,
        TableConfig tables,
        WriteConfig writes,
        DeliveryConfig delivery,
        FlowConfig flow,
        FailureConfig failures,
        BadRecordConfig badRecords) {

    /** The most connections of a task: one for each lane, one for tables, and one for partitions where those need it. */
    public int connections() {
        return writes.parallelism() + (delivery.guarantee().usesLedger() ? 2 : 1);
    }

    /** The settings as Connect shows and validates them. */
    public static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        ConnectionConfig.define(definition);
        ValidationConfig.define(definition);
        RecordConfig.define(definition);
        TableConfig.define(definition);
        WriteConfig.define(definition);
        DeliveryConfig.define(definition);
        FlowConfig.define(definition);
        FailureConfig.define(definition);
        BadRecordConfig.define(definition);
        return definition;
    }

    /**
     * Reads validated properties.
     *
     * @throws org.apache.kafka.common.config.ConfigException where one is missing or malformed
     */
    public static SinkConfig parse(Map<String, String> properties) {
        return parseWithout(Set.of(), properties);
    }

    /**
     * Reads properties of which some are not valid, with the defaults in their place.
     *
     * @param keys settings that are not valid
     * @throws org.apache.kafka.common.config.ConfigException where another one is missing or malformed
     */
    public static SinkConfig parseWithout(Set<String> keys, Map<String, String> properties) {
        Map<String, String> canonical = canonical(properties);
        canonical.keySet().removeAll(keys);
        AbstractConfig config = new AbstractConfig(definition(), canonical, false);
        TaskIdentity identity = TaskIdentity.from(properties);
        return new SinkConfig(
                identity,
                ConnectionConfig.from(config),
                ValidationConfig.from(config),
                RecordConfig.from(config),
                TableConfig.from(config),
                WriteConfig.from(config),
                DeliveryConfig.from(config, identity),
                FlowConfig.from(config),
                FailureConfig.from(config),
                BadRecordConfig.from(config));
    }

    /** Finds every problem at once; each message stands on its own key, starts with its name and says what to do. */
    public static List<ConfigValue> validate(Map<String, String> given) {
        // A null in JSON is a setting that is left out.
        Map<String, String> properties = new HashMap<>(given);
        properties.values().removeIf(Objects::isNull);
        ConfigDef definition = definition();
        List<ConfigValue> values = new ArrayList<>(definition.validate(canonical(properties)));
        values.forEach(value -> startMessagesWithTheKey(value, properties));
        CrossChecks.check(values, properties);
        values.addAll(Aliases.problems(properties));
        values.addAll(Tolerated.problems(properties));
        values.addAll(new UnknownKeys(definition.names()).problems(properties.keySet()));
        return values;
    }

    /** What an operator should know of a configuration that is valid: one sentence for each setting that does nothing. */
    public static List<String> notices(Map<String, String> properties) {
        List<String> notices = new ArrayList<>();
        properties.keySet().stream()
                .sorted()
                .forEach(key -> Tolerated.reason(key)
                        .ifPresent(reason ->
                                notices.add("The setting " + key + " changes nothing here: " + reason + ".")));
        new UnknownKeys(definition().names())
                .unread(properties.keySet())
                .forEach(key -> notices.add("The setting " + key + " is not known and changes nothing."));
        notices.addAll(warnings(properties));
        return notices;
    }

    /** What an operator should know before the connector is created: one sentence for each setting that may surprise. */
    public static List<String> warnings(Map<String, String> properties) {
        return FailureConfig.notice(Aliases.resolve(properties)).stream().toList();
    }

    /**
     * The properties under our own names. Key and mode belong together: without a key only insert is left, and an insert
     * needs no key unless there are deletions. So where one of the two is given, it decides about the other.
     */
    private static Map<String, String> canonical(Map<String, String> properties) {
        Map<String, String> canonical = Aliases.resolve(properties);
        if (is(canonical, KeyConfig.MODE, "none")) {
            canonical.putIfAbsent(WriteConfig.INSERT_MODE, "insert");
        } else if (is(canonical, WriteConfig.INSERT_MODE, "insert") && !is(canonical, DeleteConfig.DELETE, "true")) {
            canonical.putIfAbsent(KeyConfig.MODE, "none");
        }
        return canonical;
    }

    private static boolean is(Map<String, String> properties, String key, String word) {
        return word.equalsIgnoreCase(properties.getOrDefault(key, "").trim());
    }

    /** Whoever gave the setting under another connector's name finds that name in the message, too. */
    private static void startMessagesWithTheKey(ConfigValue value, Map<String, String> properties) {
        String key = value.name();
        String given = properties.containsKey(key)
                ? key
                : Aliases.namesOf(key).stream()
                        .filter(properties::containsKey)
                        .findFirst()
                        .map(name -> key + " (given as " + name + ")")
                        .orElse(key);
        List<String> named = value.errorMessages().stream()
                .map(message ->
                        given + ": " + (message.startsWith(key + ": ") ? message.substring(key.length() + 2) : message))
                .toList();
        value.errorMessages().clear();
        value.errorMessages().addAll(named);
    }
}
