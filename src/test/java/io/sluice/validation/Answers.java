package io.sluice.validation;

import io.sluice.PostgresSinkConnector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the connector answers to Connect when it is asked to validate. */
final class Answers {
    private Answers() {}

    /** The messages by their keys; keys without a message are left out. */
    static Map<String, List<String>> to(Map<String, String> config) {
        Map<String, List<String>> answers = new TreeMap<>();
        new PostgresSinkConnector().validate(config).configValues().forEach(value -> {
            if (!value.errorMessages().isEmpty()) {
                answers.put(value.name(), value.errorMessages());
            }
        });
        return answers;
    }

    @SafeVarargs
    static Map<String, List<String>> to(Map<String, String>... parts) {
        Map<String, String> config = new LinkedHashMap<>();
        for (Map<String, String> part : parts) {
            config.putAll(part);
        }
        return to(config);
    }
}
