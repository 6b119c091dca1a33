package io.sluice.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A worker's REST interface. */
public final class ConnectRest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONFLICT = 409;
    private static final Duration LOOK_BUDGET = Duration.ofSeconds(20);
    private static final Duration CHANGE_BUDGET = Duration.ofSeconds(100);
    private static final Duration REBALANCE_BUDGET = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;

    ConnectRest(URI base) {
        this.base = base;
    }

    public URI uri() {
        return base;
    }

    public Connector connector(String name) {
        return new Connector(this, name);
    }

    /** Version, commit and Kafka cluster of the worker. */
    public JsonNode root() {
        return get("/");
    }

    public List<String> connectors() {
        return texts(get("/connectors"), "");
    }

    /** Classes of the connector plugins. */
    public List<String> connectorPlugins() {
        return texts(get("/connector-plugins"), "/class");
    }

    /** What the worker says of a configuration, as it says it; {@link #errorsOf} is easier to read. */
    public JsonNode validate(Map<String, String> config) {
        String plugin = config.getOrDefault("connector.class", "");
        return put("/connector-plugins/" + plugin + "/config/validate", config);
    }

    /** What is wrong with a configuration: one line a setting and error, in the order of the settings. */
    public List<String> errorsOf(Map<String, String> config) {
        List<String> errors = new ArrayList<>();
        for (JsonNode setting : validate(config).path("configs")) {
            JsonNode value = setting.path("value");
            value.path("errors").forEach(error -> errors.add(value.path("name").asText() + ": " + error.asText()));
        }
        return errors;
    }

    public JsonNode get(String path) {
        return call("GET", path, BodyPublishers.noBody());
    }

    public JsonNode put(String path, Object body) {
        return call("PUT", path, json(body));
    }

    public JsonNode patch(String path, Object body) {
        return call("PATCH", path, json(body));
    }

    public JsonNode post(String path, Object body) {
        return call("POST", path, json(body));
    }

    public JsonNode delete(String path) {
        return call("DELETE", path, BodyPublishers.noBody());
    }

    /** Calls, and calls again as long as the worker says that its group is rebalancing. */
    private JsonNode call(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(method.equals("GET") ? LOOK_BUDGET : CHANGE_BUDGET)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<String> response = send(request);
        if (isRebalancing(response)) {
            response = Await.atMost(REBALANCE_BUDGET)
                    .until(
                            "a rebalance to end, for " + method + " " + path,
                            () -> send(request),
                            answer -> !isRebalancing(answer));
        }
        if (response.statusCode() >= 400) {
            throw new RestException(method + " " + path, response.statusCode(), response.body());
        }
        return parse(response.body());
    }

    private static boolean isRebalancing(HttpResponse<String> response) {
        return response.statusCode() == CONFLICT && response.body().contains("rebalance");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new HarnessException("No answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while waiting for " + request.uri(), e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return body.isBlank() ? JSON.nullNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new HarnessException("Not JSON: " + body, e);
        }
    }

    private static BodyPublisher json(Object body) {
        try {
            return BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new HarnessException("Not to be written as JSON: " + body, e);
        }
    }

    private static List<String> texts(JsonNode array, String pointer) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.at(pointer).asText()));
        return texts;
    }
}
