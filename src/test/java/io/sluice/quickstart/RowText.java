package io.sluice.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.TreeMap;

/**
 * A row as one text, the same for rows that are equal.
 *
 * <p>Where a field has values of several kinds, its column is jsonb or text, whichever came first: 5 may be stored as
 * 5, as "5" or, after a change of the column from numeric to text, as "5.0". Such values are compared by what they say:
 * as a number where they are one, as JSON where they are an object or an array, else as text.
 */
final class RowText {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final FieldKinds kinds;

    RowText(FieldKinds kinds) {
        this.kinds = kinds;
    }

    /** The text of a row in normal form. */
    String of(ObjectNode row) {
        StringBuilder text = new StringBuilder();
        TreeMap<String, JsonNode> columns = new TreeMap<>();
        row.properties().forEach(column -> columns.put(column.getKey(), column.getValue()));
        columns.forEach((column, value) -> {
            append(TextNode.valueOf(column), text);
            text.append(':');
            append(kinds.isMixed(column) ? loose(value) : value, text);
            text.append('\n');
        });
        return text.toString();
    }

    private static JsonNode loose(JsonNode value) {
        if (!value.isTextual()) {
            return value.isBoolean() ? TextNode.valueOf(value.asText()) : value;
        }
        String text = value.textValue();
        if (text.startsWith("{") || text.startsWith("[")) {
            return parsed(text, value);
        }
        try {
            JsonNode number = JSON.getNodeFactory().numberNode(new BigDecimal(text));
            return NormalForm.stored().value(number);
        } catch (NumberFormatException e) {
            return value;
        }
    }

    private static JsonNode parsed(String text, JsonNode otherwise) {
        try {
            return NormalForm.stored().value(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return otherwise;
        }
    }

    private static void append(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            value.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            text.append('{');
            sorted.forEach((name, field) -> {
                append(TextNode.valueOf(name), text);
                text.append(':');
                append(field, text);
                text.append(',');
            });
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            for (Iterator<JsonNode> elements = value.elements(); elements.hasNext(); ) {
                append(elements.next(), text);
                text.append(',');
            }
            text.append(']');
        } else {
            text.append(value.isNumber() ? value.decimalValue().toString() : value.toString());
        }
    }
}
