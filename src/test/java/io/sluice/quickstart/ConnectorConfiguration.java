package io.sluice.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.harness.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** An example configuration from the {@code config} folder: what stands in it is used, but for address and topic. */
final class ConnectorConfiguration {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConnectorConfiguration() {}

    static Map<String, String> of(Path file, Database database, String topic) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> setting : read(file).path("config").properties()) {
            settings.put(setting.getKey(), setting.getValue().asText());
        }
        settings.putAll(database.connectionConfig());
        settings.put("topics", topic);
        return settings;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new QuickstartException("The connector's configuration " + file + " cannot be read: " + e, e);
        }
    }
}
