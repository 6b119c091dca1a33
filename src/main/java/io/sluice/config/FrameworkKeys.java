package io.sluice.config;

import java.util.List;
import java.util.Set;

/** Settings that Connect itself reads from a sink's configuration. */
final class FrameworkKeys {
    static final Set<String> NAMES = Set.of(
            "name",
            "connector.class",
            "connector.plugin.version",
            "tasks.max",
            "tasks.max.enforce",
            "task.class",
            "topics",
            "topics.regex",
            "key.converter",
            "value.converter",
            "header.converter",
            "transforms",
            "predicates",
            "config.action.reload",
            "exactly.once.support",
            "transaction.boundary",
            "transaction.boundary.interval.ms",
            "offsets.storage.topic");

    private static final List<String> PREFIXES = List.of(
            "errors.",
            "transforms.",
            "predicates.",
            "consumer.override.",
            "producer.override.",
            "admin.override.",
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "topic.creation.",
            "config.providers",
            "__");

    private FrameworkKeys() {}

    static boolean has(String key) {
        return NAMES.contains(key) || PREFIXES.stream().anyMatch(key::startsWith);
    }
}
