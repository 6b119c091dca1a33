package io.sluice.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What validation says of settings beside the URL that every configuration needs. */
final class Problems {
    private Problems() {}

    /** The messages by their keys; keys without a message are left out. */
    static Map<String, List<String>> of(Map<String, String> settings) {
        Map<String, List<String>> problems = new TreeMap<>();
        SinkConfig.validate(complete(settings)).forEach(value -> {
            if (!value.errorMessages().isEmpty()) {
                problems.put(value.name(), value.errorMessages());
            }
        });
        return problems;
    }

    /** The same for settings that are given as key, value, key, value. */
    static Map<String, List<String>> of(String... settings) {
        return of(map(settings));
    }

    static Map<String, String> map(String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return map;
    }

    static SinkConfig parse(String... settings) {
        return SinkConfig.parse(complete(map(settings)));
    }

    static Map<String, String> complete(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("connection.url", "jdbc:postgresql://localhost/shop");
        all.putAll(settings);
        return all;
    }
}
