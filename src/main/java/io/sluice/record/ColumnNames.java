package io.sluice.record;

import io.sluice.config.FieldConfig;
import io.sluice.config.FieldRename;
import io.sluice.config.FieldRule;
import io.sluice.config.IdentifierCase;
import io.sluice.config.KeyConfig;
import io.sluice.config.KeyMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which fields of one topic's values become columns, and what these are called. Compared by identity. */
final class ColumnNames {
    private final Set<String> included;
    private final Set<String> excluded;
    private final Map<String, String> renamed;
    private final IdentifierCase identifierCase;
    private final Predicate<String> needed;

    private ColumnNames(FieldConfig config, KeyConfig keys, IdentifierCase identifierCase, String topic) {
        this.included = names(config.included(), topic);
        this.excluded = names(config.excluded(), topic);
        this.identifierCase = identifierCase;
        this.renamed = new HashMap<>();
        // A rule for the topic wins over one for all of them.
        Stream.of("", topic)
                .flatMap(of -> config.renames().stream()
                        .filter(rename -> rename.topic().equals(of)))
                .forEach(rename -> renamed.put(rename.from(), rename.to()));
        this.needed = needed(config, keys);
    }

    /** With pk.mode auto the table may want any field as a part of its key. */
    private Predicate<String> needed(FieldConfig config, KeyConfig keys) {
        boolean document = !config.documentColumn().isEmpty();
        boolean takesAll = included.isEmpty() && excluded.isEmpty();
        boolean inKey = keys.mode() == KeyMode.RECORD_VALUE;
        if (keys.mode() == KeyMode.AUTO
                || (!document && (takesAll || (inKey && keys.fields().isEmpty())))) {
            return MapShapes.ALL;
        }
        Set<String> keyFields = inKey ? Set.copyOf(keys.fields()) : Set.of();
        return document ? keyFields::contains : field -> keyFields.contains(field) || takes(field);
    }

    /** The fields of a value that can matter for a row. */
    Predicate<String> needed() {
        return needed;
    }

    private static Set<String> names(List<FieldRule> rules, String topic) {
        return rules.stream()
                .filter(rule -> rule.topic().isEmpty() || rule.topic().equals(topic))
                .map(FieldRule::field)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a field that is no part of the key becomes a column. */
    boolean takes(String field) {
        return (included.isEmpty() || included.contains(field)) && !excluded.contains(field);
    }

    /** The column of a field. */
    String column(String field) {
        return identifierCase.fold(renamed.getOrDefault(field, field));
    }

    /** The names of all topics; topics without rules of their own share theirs. Belongs to the task thread. */
    static final class OfTopics {
        private final FieldConfig config;
        private final KeyConfig keys;
        private final IdentifierCase identifierCase;
        private final Set<String> special;
        private final ColumnNames common;
        private final Map<String, ColumnNames> byTopic = new HashMap<>();

        OfTopics(FieldConfig config, KeyConfig keys, IdentifierCase identifierCase) {
            this.config = config;
            this.keys = keys;
            this.identifierCase = identifierCase;
            this.special = Stream.concat(
                            Stream.concat(config.included().stream(), config.excluded().stream())
                                    .map(FieldRule::topic),
                            config.renames().stream().map(FieldRename::topic))
                    .filter(topic -> !topic.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
            this.common = new ColumnNames(config, keys, identifierCase, "");
        }

        ColumnNames of(String topic) {
            return special.contains(topic)
                    ? byTopic.computeIfAbsent(topic, name -> new ColumnNames(config, keys, identifierCase, name))
                    : common;
        }
    }
}
