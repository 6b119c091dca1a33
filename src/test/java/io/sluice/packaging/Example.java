package io.sluice.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.harness.ConnectRest;
import io.sluice.harness.Database;
import io.sluice.harness.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A connector's configuration in the folder of examples. */
record Example(String file) {

    static final Path FOLDER = Path.of("config");

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Example> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .sorted()
                    .map(Example::new)
                    .toList();
        }
    }

    /** What stands in the file, but for the address and the topic, whose name begins with something of the test's own. */
    Map<String, String> configuration(Database database, Topic topic, String plainTopic) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        JsonNode config = JSON.readTree(FOLDER.resolve(file).toFile()).path("config");
        config.properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        settings.putAll(database.connectionConfig());
        String prefix = topic.name().substring(0, topic.name().length() - plainTopic.length());
        settings.computeIfPresent("topics", (key, name) -> prefix + name);
        settings.computeIfPresent("topics.regex", (key, pattern) -> prefix + pattern);
        return settings;
    }

    /** Keys that neither the connector nor Connect, the converters or the consumer know. */
    static Set<String> unknown(Map<String, String> settings, ConnectRest rest) {
        Set<String> unknown = new HashSet<>(settings.keySet());
        for (JsonNode setting : rest.validate(settings).path("configs")) {
            if (setting.path("definition").isObject()) {
                unknown.remove(setting.at("/value/name").asText());
            }
        }
        return unknown;
    }

    @Override
    public String toString() {
        return file;
    }
}
