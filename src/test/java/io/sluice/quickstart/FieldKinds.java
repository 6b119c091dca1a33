package io.sluice.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which kinds of values each field has in the lines of a file. */
final class FieldKinds {

    private enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        DOCUMENT
    }

    private final Map<String, Set<Kind>> kinds = new TreeMap<>();

    void add(ObjectNode line) {
        for (Map.Entry<String, JsonNode> field : line.properties()) {
            if (!field.getValue().isNull()) {
                kinds.computeIfAbsent(field.getKey(), none -> EnumSet.noneOf(Kind.class))
                        .add(kind(field.getValue()));
            }
        }
    }

    /** Fields that have a value in some line. */
    int fields() {
        return kinds.size();
    }

    /** Fields whose values are of several kinds, so that their column's type depends on which came first. */
    long mixedFields() {
        return kinds.values().stream().filter(several -> several.size() > 1).count();
    }

    boolean isMixed(String field) {
        return kinds.getOrDefault(field, Set.of()).size() > 1;
    }

    private static Kind kind(JsonNode value) {
        if (value.isTextual()) {
            return Kind.TEXT;
        }
        if (value.isNumber()) {
            return Kind.NUMBER;
        }
        return value.isBoolean() ? Kind.BOOLEAN : Kind.DOCUMENT;
    }
}
