package io.sluice.validation;

import java.util.List;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What is wrong, at the setting to change.
 *
 * @param key the setting
 * @param message a sentence or two that say why, and what to do
 */
record Problem(String key, String message) {

    /** Puts the problem on its setting; the message starts with the setting's name, as some forms show nothing else. */
    void addTo(List<ConfigValue> values) {
        ConfigValue blamed = values.stream()
                .filter(value -> value.name().equals(key))
                .findFirst()
                .orElseGet(() -> {
                    ConfigValue added = new ConfigValue(key);
                    values.add(added);
                    return added;
                });
        blamed.addErrorMessage(key + ": " + message);
    }
}
