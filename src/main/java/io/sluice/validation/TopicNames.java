package io.sluice.validation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The topics that a configuration names, as the connector will see them. */
final class TopicNames {
    /** Connect's own transformations that give a record another topic. */
    private static final Set<String> ROUTERS = Set.of("RegexRouter", "TimestampRouter");

    /** Transformations that are known to leave the topic alone, by the packages of Connect and by their classes' names. */
    private static final String CONNECT = "org.apache.kafka.connect.transforms.";

    private static final Set<String> OTHERS = Set.of(
            "io.debezium.transforms.ExtractChangedRecordState",
            "io.debezium.transforms.HeaderToValue",
            "io.debezium.transforms.TimezoneConverter");
    private static final String UNWRAP = "io.debezium.transforms.ExtractNewRecordState";

    private TopicNames() {}

    /** The topics; none where a pattern or a transformation decides. */
    static List<String> of(Map<String, String> properties) {
        boolean kept = names(properties, "transforms").allMatch(name -> keepsTopic(properties, name));
        return kept ? names(properties, "topics").toList() : List.of();
    }

    private static boolean keepsTopic(Map<String, String> properties, String transformation) {
        String prefix = "transforms." + transformation + ".";
        String type = String.valueOf(properties.get(prefix + "type"));
        if (type.equals(UNWRAP)) {
            return properties.get(prefix + "route.by.field") == null;
        }
        return OTHERS.contains(type)
                || (type.startsWith(CONNECT) && !ROUTERS.contains(type.substring(CONNECT.length())));
    }

    private static Stream<String> names(Map<String, String> properties, String key) {
        String value = properties.get(key);
        return value == null
                ? Stream.empty()
                : Arrays.stream(value.split(",")).map(String::trim).filter(name -> !name.isEmpty());
    }
}
