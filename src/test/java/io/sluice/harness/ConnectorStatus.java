package io.sluice.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a worker says of a connector and its tasks. */
public record ConnectorStatus(String state, String worker, List<Task> tasks, String trace) {

    private static final String FAILED = "FAILED";

    /** One task: the worker is the address that it runs at, the trace empty unless it failed. */
    public record Task(int id, String state, String worker, String trace) {}

    public ConnectorStatus {
        tasks = List.copyOf(tasks);
    }

    static ConnectorStatus of(JsonNode status) {
        List<Task> tasks = new ArrayList<>();
        for (JsonNode task : status.path("tasks")) {
            tasks.add(new Task(
                    task.path("id").asInt(),
                    task.path("state").asText(),
                    task.path("worker_id").asText(),
                    task.path("trace").asText()));
        }
        JsonNode connector = status.path("connector");
        return new ConnectorStatus(
                connector.path("state").asText(),
                connector.path("worker_id").asText(),
                tasks,
                connector.path("trace").asText());
    }

    /** Whether the connector and all of its tasks are in this state. A stopped connector has no tasks, any other some. */
    public boolean is(String wanted) {
        return state.equals(wanted)
                && tasks.isEmpty() == wanted.equals("STOPPED")
                && tasks.stream().allMatch(task -> task.state().equals(wanted));
    }

    public boolean hasFailed() {
        return state.equals(FAILED)
                || tasks.stream().anyMatch(task -> task.state().equals(FAILED));
    }

    /** The traces of all that failed. */
    public String traces() {
        return trace + tasks.stream().map(Task::trace).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        String ofTasks = tasks.stream()
                .map(task -> ", task " + task.id() + " " + task.state() + " at " + task.worker())
                .collect(Collectors.joining());
        return ("connector " + state + ofTasks + "\n" + traces()).strip();
    }
}
