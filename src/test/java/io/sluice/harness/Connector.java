package io.sluice.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;

/** One connector, through the REST interface of a worker. */
public record Connector(ConnectRest rest, String name) {

    private static final Duration STATE_BUDGET = Duration.ofSeconds(60);

    /** Creates the connector, or gives an existing one this configuration. */
    public Connector configure(Map<String, String> config) {
        rest.put(path("/config"), config);
        return this;
    }

    public ConnectorStatus status() {
        return ConnectorStatus.of(rest.get(path("/status")));
    }

    /** Waits until the connector and its tasks run; fails at once, with the trace, when one of them has failed. */
    public Connector awaitRunning() {
        return awaitState("RUNNING");
    }

    public Connector awaitState(String state) {
        ConnectorStatus reached = Await.atMost(STATE_BUDGET)
                .until(
                        "connector " + name + " to be " + state,
                        this::statusOfAllTasks,
                        status -> status.is(state) || status.hasFailed());
        if (!reached.is(state)) {
            throw new AssertionError("Connector " + name + " did not become " + state + ".\n" + reached);
        }
        return this;
    }

    /** Waits until a task has failed, and returns its trace. */
    public String awaitFailedTask() {
        return Await.atMost(STATE_BUDGET)
                .until("a task of connector " + name + " to fail", this::status, ConnectorStatus::hasFailed)
                .traces();
    }

    public void pause() {
        rest.put(path("/pause"), "");
        awaitState("PAUSED");
    }

    public void resume() {
        rest.put(path("/resume"), "");
        awaitRunning();
    }

    /** Ends the tasks and keeps the configuration, as a change of offsets needs it. */
    public void stop() {
        rest.put(path("/stop"), "");
        awaitState("STOPPED");
    }

    /** Restarts the connector and its tasks, failed or not. */
    public void restart() {
        rest.post(path("/restart?includeTasks=true"), "");
    }

    public void restartTask(int task) {
        rest.post(path("/tasks/" + task + "/restart"), "");
    }

    public JsonNode offsets() {
        return rest.get(path("/offsets"));
    }

    public JsonNode alterOffsets(Object offsets) {
        return rest.patch(path("/offsets"), offsets);
    }

    public JsonNode resetOffsets() {
        return rest.delete(path("/offsets"));
    }

    /** The consumer group of the connector, if it is a sink. */
    public ConsumerGroup group(KafkaBroker broker) {
        return broker.group("connect-" + name);
    }

    public void delete() {
        rest.delete(path(""));
    }

    /** A task that is only just being started has no status, and would be overlooked. */
    private ConnectorStatus statusOfAllTasks() {
        ConnectorStatus status = status();
        int configured = rest.get(path("")).path("tasks").size();
        if (status.tasks().size() < configured) {
            throw new HarnessException("Not all of " + configured + " tasks have a status yet: " + status);
        }
        return status;
    }

    private String path(String suffix) {
        return "/connectors/" + name + suffix;
    }
}
