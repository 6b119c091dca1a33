package io.sluice.record;

import java.util.List;
import java.util.Map;

/**
 * What Kafka's JsonConverter makes of JSON with a schema when it is told that there is none: a map of the schema and of
 * the payload that is meant.
 */
public final class SchemaAndPayload {
    private static final String SCHEMA = "schema";
    private static final String PAYLOAD = "payload";

    private SchemaAndPayload() {}

    static boolean is(Object part) {
        return part instanceof Map<?, ?> map
                && map.size() == 2
                && map.get(SCHEMA) instanceof Map<?, ?> schema
                && schema.get("type") instanceof String
                && map.containsKey(PAYLOAD);
    }

    /** Whether the fields of a key are those of such a map. */
    public static boolean describes(List<Field> key) {
        return key.size() == 2
                && key.stream()
                        .anyMatch(field -> field.name().equals(SCHEMA) && field.type() == FieldType.Scalar.DOCUMENT)
                && key.stream().anyMatch(field -> field.name().equals(PAYLOAD));
    }

    /**
     * The problem of such a record.
     *
     * @param part key or value
     */
    public static RecordException problem(String part) {
        return new RecordException(
                "the record's " + part
                        + " is a map of \"schema\" and \"payload\": JSON with a schema that was read without",
                "Set " + part + ".converter.schemas.enable=true with the connector");
    }
}
