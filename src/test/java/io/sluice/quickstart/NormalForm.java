package io.sluice.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.function.Function;

/**
 * JSON in a form in which equal values are equal: {@code 1}, {@code 1.0} and {@code 1e0} are one number. A column that
 * is NULL and a field that is missing or null are the same too.
 */
final class NormalForm {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Function<JsonNode, JsonNode> numbers;

    private NormalForm(Function<JsonNode, JsonNode> numbers) {
        this.numbers = numbers;
    }

    /** For values that a table holds. */
    static NormalForm stored() {
        return new NormalForm(number -> decimal(number.decimalValue()));
    }

    /**
     * For values that are produced: numbers are what Kafka's JsonConverter makes of them without schemas, integers
     * {@code long} and all others {@code double}.
     */
    static NormalForm produced() {
        return new NormalForm(number ->
                number.isIntegralNumber() ? decimal(BigDecimal.valueOf(number.longValue())) : fraction(number));
    }

    /** The row without its nulls. */
    ObjectNode row(JsonNode row) {
        ObjectNode normal = NODES.objectNode();
        row.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                normal.set(field.getKey(), value(field.getValue()));
            }
        });
        return normal;
    }

    JsonNode value(JsonNode value) {
        if (value.isNumber()) {
            return numbers.apply(value);
        }
        if (value.isObject()) {
            ObjectNode normal = NODES.objectNode();
            value.properties().forEach(field -> normal.set(field.getKey(), value(field.getValue())));
            return normal;
        }
        if (value.isArray()) {
            ArrayNode normal = NODES.arrayNode(value.size());
            value.forEach(element -> normal.add(value(element)));
            return normal;
        }
        return value;
    }

    private static JsonNode fraction(JsonNode number) {
        double value = number.doubleValue();
        return Double.isFinite(value)
                ? decimal(BigDecimal.valueOf(value))
                : TextNode.valueOf(value > 0 ? "Infinity" : "-Infinity");
    }

    private static JsonNode decimal(BigDecimal value) {
        return DecimalNode.valueOf(value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
    }
}
