package io.sluice.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;

/** Other connectors' names for our settings, and words for our values. */
final class Aliases {
    private static final Map<String, String> QUOTING = Map.of("true", "ALWAYS", "false", "NEVER");

    /** validate-only wants the tables to be there, which is what our validation looks at anyway. */
    private static final Map<String, String> EVOLUTION =
            Map.of("basic", "true", "none", "false", "validate-only", "false");

    private static final List<Alias> ALL = List.of(
            Alias.of("connection.username", ConnectionConfig.USER),
            Alias.of("primary.key.mode", KeyConfig.MODE),
            Alias.of("primary.key.fields", KeyConfig.FIELDS),
            Alias.of("field.include.list", FieldConfig.INCLUDED),
            Alias.of("field.exclude.list", FieldConfig.EXCLUDED),
            Alias.of("collection.name.format", TableConfig.NAME_FORMAT),
            Alias.of("use.time.zone", ValueConfig.ZONE),
            Alias.of("database.time_zone", ValueConfig.ZONE),
            new Alias("quote.identifiers", List.of(TableConfig.QUOTE), QUOTING),
            new Alias("sql.quote.identifiers", List.of(TableConfig.QUOTE), QUOTING),
            new Alias("schema.evolution", List.of(TableConfig.AUTO_CREATE, TableConfig.AUTO_EVOLVE), EVOLUTION));

    /** Values of our own settings that other connectors have and that mean one of ours. */
    private static final List<Alias> VALUES = List.of(
            new Alias(WriteConfig.INSERT_MODE, List.of(WriteConfig.INSERT_MODE), Map.of("multi", "insert")),
            new Alias(WriteConfig.BATCH_SIZE, List.of(WriteConfig.BATCH_SIZE), Map.of("0", "1")));

    private Aliases() {}

    /** The same properties under our own names, with our own values. */
    static Map<String, String> resolve(Map<String, String> properties) {
        Map<String, String> resolved = new HashMap<>(properties);
        // A null in JSON is a setting that is left out.
        resolved.values().removeIf(Objects::isNull);
        VALUES.forEach(alias -> resolved.computeIfPresent(alias.name(), (key, value) -> alias.translate(value)));
        for (Alias alias : ALL) {
            Optional.ofNullable(resolved.remove(alias.name()))
                    .ifPresent(value -> alias.keys().forEach(key -> resolved.putIfAbsent(key, alias.translate(value))));
        }
        return resolved;
    }

    /** Aliases that say nothing, and settings that are given twice and differently. */
    static List<ConfigValue> problems(Map<String, String> properties) {
        List<ConfigValue> problems = new ArrayList<>();
        for (Alias alias : ALL) {
            String value = properties.get(alias.name());
            if (value != null) {
                ConfigValue problem = new ConfigValue(alias.name());
                alias.problem(value).ifPresent(problem::addErrorMessage);
                conflict(alias, value, properties).ifPresent(problem::addErrorMessage);
                if (!problem.errorMessages().isEmpty()) {
                    problems.add(problem);
                }
            }
        }
        return problems;
    }

    private static Optional<String> conflict(Alias alias, String value, Map<String, String> properties) {
        Map<String, String> others = new HashMap<>(properties);
        others.remove(alias.name());
        Map<String, String> canonical = resolve(others);
        return alias.keys().stream()
                .filter(key ->
                        canonical.get(key) != null && !alias.translate(value).equalsIgnoreCase(canonical.get(key)))
                .findFirst()
                .map(key -> alias.name() + ": it means the same as " + key
                        + " and has another value. Keep one of the two.");
    }

    static Set<String> names() {
        return ALL.stream().map(Alias::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Names first, then values of our own settings. */
    static List<Alias> all() {
        return Stream.concat(ALL.stream(), VALUES.stream()).toList();
    }

    /** The names under which other connectors know a setting. */
    static List<String> namesOf(String key) {
        return ALL.stream()
                .filter(alias -> alias.keys().contains(key))
                .map(Alias::name)
                .toList();
    }
}
