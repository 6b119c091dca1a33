package io.sluice.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Which task of which connector this is; Connect's API does not tell a task its number.
 *
 * @param connector the connector's name
 * @param task the task's number, from 0
 */
public record TaskIdentity(String connector, int task) {
    private static final String CONNECTOR = "name";
    private static final String TASK = "__sluice.task.id";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** The properties of one task: the connector's own and the task's number. */
    public static Map<String, String> numbered(Map<String, String> connectorProperties, int task) {
        Map<String, String> numbered = new HashMap<>(connectorProperties);
        numbered.put(TASK, Integer.toString(task));
        return numbered;
    }

    /** The task of a task's properties; of a connector's, the first. */
    static TaskIdentity from(Map<String, String> properties) {
        String task = properties.getOrDefault(TASK, "0");
        return new TaskIdentity(
                properties.getOrDefault(CONNECTOR, "sluice"),
                NUMBER.matcher(task).matches() ? Integer.parseInt(task) : 0);
    }

    /** A connector's configuration has no number of a task. */
    static Optional<ConfigValue> problem(Map<String, String> connectorProperties) {
        if (!connectorProperties.containsKey(TASK)) {
            return Optional.empty();
        }
        ConfigValue problem = new ConfigValue(TASK);
        problem.addErrorMessage(TASK + ": each task gets it from Sluice. Remove it.");
        return Optional.of(problem);
    }

    @Override
    public String toString() {
        return connector + "-" + task;
    }
}
