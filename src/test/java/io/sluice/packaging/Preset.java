package io.sluice.packaging;

import io.sluice.harness.ProcessLog;
import io.sluice.harness.ServerOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A worker's configuration in the folder of examples. */
record Preset(Map<String, String> properties) {

    /** Addresses and names, of which each test has its own. */
    private static final Set<String> OF_THE_TEST = Set.of(
            "bootstrap.servers",
            "group.id",
            "listeners",
            "config.storage.topic",
            "offset.storage.topic",
            "status.storage.topic");

    private static final Pattern LOGGED = Pattern.compile("^\\s+([a-z][a-z0-9.]*) = ", Pattern.MULTILINE);

    static Preset of(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Example.FOLDER.resolve(file))) {
            properties.load(reader);
        }
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return new Preset(map);
    }

    Preset with(String property, String value) {
        Map<String, String> more = new HashMap<>(properties);
        more.put(property, value);
        return new Preset(more);
    }

    /** The preset's settings, with the plugins in that directory. */
    ServerOptions options(Path plugins) {
        ServerOptions options = ServerOptions.forTests();
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (!OF_THE_TEST.contains(property.getKey())) {
                options = options.with(property.getKey(), property.getValue());
            }
        }
        return options.with("plugin.path", plugins.toString());
    }

    /** Settings that a worker which had them has not logged among those that it knows. */
    Set<String> unknown(ProcessLog log) {
        Set<String> known = LOGGED.matcher(String.join("\n", log.since(0)))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        for (String property : properties.keySet()) {
            if (!known.contains(property.replaceFirst("^(key|value)\\.converter\\.", ""))) {
                unknown.add(property);
            }
        }
        return unknown;
    }
}
