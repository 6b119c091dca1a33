package io.sluice.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Which task of which connector this is; Connect's API does not tell a task its number.
 *
 * @param connector the connector's name
 * @param task the task's number, from 0
 */
public record TaskIdentity(String connector, int task) {
    private static final String CONNECTOR = "name";
    private static final String TASK = "__sluice.task.id";

    /** The properties of one task: the connector's own and the task's number. */
    public static Map<String, String> numbered(Map<String, String> connectorProperties, int task) {
        Map<String, String> numbered = new HashMap<>(connectorProperties);
        numbered.put(TASK, Integer.toString(task));
        return numbered;
    }

    static TaskIdentity from(Map<String, String> properties) {
        return new TaskIdentity(
                properties.getOrDefault(CONNECTOR, "sluice"), Integer.parseInt(properties.getOrDefault(TASK, "0")));
    }

    @Override
    public String toString() {
        return connector + "-" + task;
    }
}
