package io.sluice.migration;

import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration from the documentation of another connector, and what it is to do. Only the connector's class differs,
 * and what stands for an address: {@code <topic>}, {@code <url>}, {@code <user>} and {@code <password>}.
 *
 * @param source whose documentation it follows
 * @param topic the topic's name there
 */
record Incumbent(
        String source,
        String topic,
        Map<String, String> config,
        List<String> given,
        List<Message> records,
        String query,
        List<List<?>> rows) {
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

    static Incumbent of(String source, String topic, String... config) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < config.length; i += 2) {
            settings.put(config[i], config[i + 1]);
        }
        return new Incumbent(source, topic, settings, List.of(), List.of(), "", List.of());
    }

    /** Statements that the documentation has run before. */
    Incumbent given(String... statements) {
        return new Incumbent(source, topic, config, List.of(statements), records, query, rows);
    }

    Incumbent records(Message... messages) {
        return new Incumbent(source, topic, config, given, List.of(messages), query, rows);
    }

    Incumbent gives(String select, List<?>... expected) {
        return new Incumbent(source, topic, config, given, records, select, List.of(expected));
    }

    /** The configuration for a test's own topic and database. Where the worker of the documentation reads Avro, it is JSON. */
    Map<String, String> configFor(Scenario test, Topic own) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("connector.class", "io.sluice.PostgresSinkConnector");
        all.put("tasks.max", "1");
        all.put("topics", own.name());
        all.put("key.converter", JSON);
        all.put("value.converter", JSON);
        config.forEach((key, value) -> all.put(key, own(test, own, value)));
        return all;
    }

    static String own(Scenario test, Topic topic, String text) {
        return text.replace("<topic>", topic.name())
                .replace("<url>", test.database().url())
                .replace("<user>", test.database().user())
                .replace("<password>", test.database().password());
    }

    @Override
    public String toString() {
        return source;
    }
}
