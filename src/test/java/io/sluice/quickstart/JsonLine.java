package io.sluice.quickstart;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Reads a line as a JSON object, and finds what neither the connector nor PostgreSQL can take. */
final class JsonLine {

    /** What the harness's producer and the quickstart's topic take, with room for the record's frame. */
    static final int MOST_BYTES = 7 << 20;

    private static final int LONGEST_COLUMN_NAME = 63;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonLine() {}

    /**
     * The object of a line.
     *
     * @throws QuickstartException where it is none; the message goes on after "line 7 "
     */
    static ObjectNode parse(byte[] line) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode object) {
                return object;
            }
            throw new QuickstartException("is not a JSON object");
        } catch (JacksonException e) {
            throw new QuickstartException(
                    "is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        } catch (IOException e) {
            throw new QuickstartException("cannot be read: " + e, e);
        }
    }

    /** Why a line cannot become a row; empty where it can. The sentence goes on after "line 7 ". */
    static Optional<String> problem(byte[] line) {
        if (line.length > MOST_BYTES) {
            return Optional.of("is longer than " + (MOST_BYTES >> 20) + " MiB, which the broker does not take");
        }
        try {
            for (Map.Entry<String, JsonNode> field : parse(line).properties()) {
                Optional<String> problem = problemOfColumn(field.getKey()).or(() -> problemOfField(field));
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return Optional.empty();
        } catch (QuickstartException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> problemOfColumn(String name) {
        if (name.isEmpty()) {
            return Optional.of("has a field without a name, for which there can be no column");
        }
        return name.getBytes(StandardCharsets.UTF_8).length > LONGEST_COLUMN_NAME
                ? Optional.of("has a field whose name is longer than PostgreSQL's names may be, " + LONGEST_COLUMN_NAME
                        + " bytes")
                : Optional.empty();
    }

    private static Optional<String> problemOfField(Map.Entry<String, JsonNode> field) {
        return problemOfText(field.getKey()).or(() -> problemOfValue(field.getValue()));
    }

    private static Optional<String> problemOfValue(JsonNode value) {
        if (value.isTextual()) {
            return problemOfText(value.textValue());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            Optional<String> problem = problemOfField(field).or(() -> problemOfNested(field.getValue()));
            if (problem.isPresent()) {
                return problem;
            }
        }
        for (JsonNode element : value.isArray() ? value : JSON.createArrayNode()) {
            Optional<String> problem = problemOfValue(element).or(() -> problemOfNested(element));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** A numeric column has an Infinity, JSON has none. */
    private static Optional<String> problemOfNested(JsonNode value) {
        return value.isDouble() && Double.isInfinite(value.doubleValue())
                ? Optional.of("holds a number too large for a double inside of another value")
                : Optional.empty();
    }

    private static Optional<String> problemOfText(String text) {
        if (text.indexOf(0) >= 0) {
            return Optional.of("holds the character U+0000, which PostgreSQL cannot store");
        }
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? Optional.empty()
                : Optional.of("holds half of a surrogate pair, which is no character");
    }
}
