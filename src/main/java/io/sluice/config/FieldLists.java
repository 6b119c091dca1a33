package io.sluice.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The written forms of lists of fields. */
final class FieldLists {
    private FieldLists() {}

    static void checkNames(String key, @Nullable Object value) {
        if (entries(value).stream().anyMatch(entry -> entry.toString().isBlank())) {
            throw new ConfigException(key + ": it has an empty entry. Write names, separated by single commas.");
        }
    }

    static void checkRules(String key, @Nullable Object value) {
        for (Object entry : entries(value)) {
            String[] parts = entry.toString().split(":", 2);
            if (blank(parts)) {
                throw new ConfigException(key + ": '" + entry
                        + "' names no field. Write each entry as field or topic:field, separated by commas.");
            }
        }
    }

    static void checkRenames(String key, @Nullable Object value) {
        for (Object entry : entries(value)) {
            String[] parts = entry.toString().split(":", -1);
            if (parts.length < 2 || parts.length > 3 || blank(parts)) {
                throw new ConfigException(key + ": '" + entry
                        + "' is not of the form old:new or topic:old:new. Write cust_id:customer_id for example.");
            }
        }
        checkThatColumnsDiffer(
                key,
                entries(value).stream()
                        .map(entry -> FieldRename.parse(entry.toString()))
                        .distinct()
                        .toList());
    }

    private static void checkThatColumnsDiffer(String key, List<FieldRename> renames) {
        Set<List<String>> sources = new HashSet<>();
        Set<List<String>> targets = new HashSet<>();
        for (FieldRename rename : renames) {
            if (!sources.add(List.of(rename.topic(), rename.from()))) {
                throw new ConfigException(
                        key + ": field '" + rename.from() + "' is given two names. Leave one of them out.");
            }
            if (!targets.add(List.of(rename.topic(), rename.to()))) {
                throw new ConfigException(
                        key + ": two fields are given the name '" + rename.to() + "'. Give each a name of its own.");
            }
        }
    }

    private static List<?> entries(@Nullable Object value) {
        return value instanceof List<?> entries ? entries : List.of();
    }

    private static boolean blank(String[] parts) {
        return Arrays.stream(parts).anyMatch(String::isBlank);
    }
}
