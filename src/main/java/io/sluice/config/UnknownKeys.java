package io.sluice.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.postgresql.PGProperty;

/** Keys that nobody reads. One that looks like a slip of the pen is an error; others are told in the log. */
final class UnknownKeys {
    private static final String CONNECTION = "connection.";
    private static final int LONGEST_NAME = 200;
    private static final Set<String> DRIVER_PROPERTIES =
            Arrays.stream(PGProperty.values()).map(PGProperty::getName).collect(Collectors.toUnmodifiableSet());

    /** The driver takes these for properties of its own, as files of services have them. */
    private static final Set<String> SERVICE_NAMES = Set.of("host", "port", "dbname");

    private final Set<String> known;

    UnknownKeys(Collection<String> ours) {
        this.known = new TreeSet<>(ours);
        known.addAll(Aliases.names());
        Tolerated.rules().stream()
                .filter(rule -> !rule.isPrefix())
                .map(Tolerated.Rule::name)
                .forEach(known::add);
    }

    /** Keys that are nearly one of ours. */
    List<ConfigValue> problems(Collection<String> keys) {
        List<ConfigValue> problems = new ArrayList<>();
        for (String key : keys) {
            meant(key).ifPresent(name -> {
                ConfigValue problem = new ConfigValue(key);
                problem.addErrorMessage(key + ": there is no such setting. Did you mean " + name + "?");
                problems.add(problem);
            });
        }
        return problems;
    }

    /** What is wrong with the driver's properties in a URL; their values stay out of it. */
    static List<String> problemsOfUrl(String url) {
        List<String> problems = new ArrayList<>();
        for (String property : JdbcUrl.properties(url).keySet()) {
            boolean known = DRIVER_PROPERTIES.contains(property) || SERVICE_NAMES.contains(property);
            if (!known && property.length() <= LONGEST_NAME) {
                Spelling.nearest(property, DRIVER_PROPERTIES)
                        .ifPresent(name -> problems.add(ConnectionConfig.URL + ": the driver has no property "
                                + property + " and would ignore it. Did you mean " + name + "?"));
            }
        }
        return problems;
    }

    /** Keys that are nobody's. */
    List<String> unread(Collection<String> keys) {
        return keys.stream()
                .filter(key -> !isRead(key) && !key.startsWith(CONNECTION))
                .sorted()
                .toList();
    }

    private boolean isRead(String key) {
        return known.contains(key) || FrameworkKeys.has(key) || Tolerated.has(key);
    }

    private Optional<String> meant(String key) {
        if (isRead(key) || key.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        return key.startsWith(CONNECTION)
                ? meantProperty(key.substring(CONNECTION.length()))
                : Spelling.nearest(key, candidates());
    }

    private Set<String> candidates() {
        Set<String> candidates = new TreeSet<>(known);
        candidates.addAll(FrameworkKeys.NAMES);
        return candidates;
    }

    /** Any property of the driver passes, and so does one that is unlike all that are known: the driver may be newer. */
    private Optional<String> meantProperty(String property) {
        if (DRIVER_PROPERTIES.contains(property)) {
            return Optional.empty();
        }
        Set<String> candidates = new TreeSet<>(DRIVER_PROPERTIES);
        known.stream()
                .filter(name -> name.startsWith(CONNECTION))
                .map(name -> name.substring(CONNECTION.length()))
                .forEach(candidates::add);
        return Spelling.nearest(property, candidates).map(CONNECTION::concat);
    }
}
