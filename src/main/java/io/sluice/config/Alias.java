package io.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Another connector's name for something of ours.
 *
 * @param name the other connector's name
 * @param keys our settings that it stands for
 * @param words what its values, in lower case, are in ours; empty where they are the same
 */
record Alias(String name, List<String> keys, Map<String, String> words) {

    static Alias of(String name, String key) {
        return new Alias(name, List.of(key), Map.of());
    }

    /** The value in our words; one that has none stays as it is and is complained about. */
    String translate(String value) {
        return words.getOrDefault(lower(value), value);
    }

    /** What is wrong with the value. A value that means the same in both languages is left to the setting's own check. */
    Optional<String> problem(String value) {
        return words.isEmpty() || words.containsKey(lower(value))
                ? Optional.empty()
                : Optional.of(name + ": '" + value + "' is not one of its values. Use one of "
                        + String.join(", ", words.keySet().stream().sorted().toList()) + ", or set "
                        + String.join(" and ", keys) + " instead.");
    }

    private static String lower(String value) {
        return value.trim().toLowerCase(Locale.ROOT);
    }
}
