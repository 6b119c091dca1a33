package io.sluice.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;

/** Other connectors' names for our settings. */
final class Aliases {
    private static final Map<String, String> CANONICAL = Map.of(
            "connection.username", ConnectionConfig.USER,
            "primary.key.mode", KeyConfig.MODE,
            "primary.key.fields", KeyConfig.FIELDS,
            "collection.name.format", TableConfig.NAME_FORMAT);

    private Aliases() {}

    /** The same properties under our own names. */
    static Map<String, String> resolve(Map<String, String> properties) {
        Map<String, String> resolved = new HashMap<>(properties);
        CANONICAL.forEach((alias, key) -> {
            String value = resolved.remove(alias);
            if (value != null) {
                resolved.putIfAbsent(key, value);
            }
        });
        return resolved;
    }

    /** Settings that are given twice and differently. */
    static List<ConfigValue> conflicts(Map<String, String> properties) {
        List<ConfigValue> conflicts = new ArrayList<>();
        CANONICAL.forEach((alias, key) -> {
            String value = properties.get(alias);
            if (value != null && properties.containsKey(key) && !value.equals(properties.get(key))) {
                ConfigValue conflict = new ConfigValue(alias);
                conflict.addErrorMessage(
                        alias + ": it means the same as " + key + " and has another value. Keep one of the two.");
                conflicts.add(conflict);
            }
        });
        return conflicts;
    }
}
