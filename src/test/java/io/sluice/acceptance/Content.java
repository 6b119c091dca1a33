package io.sluice.acceptance;

import io.sluice.harness.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.jspecify.annotations.Nullable;

/**
 * A record to be sent: a message, and the formats of its key and value, by which the connector's converters are chosen.
 */
record Content(Message message, Format keyFormat, Format valueFormat, boolean isBad) {

    /** How the bytes are to be read. */
    enum Format {
        /** There are none, or any converter will do. */
        ANY,
        JSON,
        STRUCT,
        TEXT;

        private static final String JSON_CONVERTER = "org.apache.kafka.connect.json.JsonConverter";
        private static final String STRING_CONVERTER = "org.apache.kafka.connect.storage.StringConverter";

        private Map<String, String> settings() {
            return switch (this) {
                case ANY -> Map.of();
                case JSON -> Map.of("converter", JSON_CONVERTER, "converter.schemas.enable", "false");
                case STRUCT ->
                    Map.of(
                            "converter", JSON_CONVERTER,
                            "converter.schemas.enable", "true",
                            "converter.replace.null.with.default", "false");
                case TEXT -> Map.of("converter", STRING_CONVERTER);
            };
        }

        /** The settings of the key's or the value's converter. */
        Map<String, String> settings(String part) {
            Map<String, String> prefixed = new LinkedHashMap<>();
            settings().forEach((name, value) -> prefixed.put(part + "." + name, value));
            return prefixed;
        }
    }

    /** A JSON object without schema, from names and values by turns. */
    static Content json(Object... namesAndValues) {
        return new Content(Message.json(Values.map(namesAndValues)), Format.ANY, Format.JSON, false);
    }

    /** JSON as it is written here. */
    static Content jsonText(String json) {
        return new Content(Message.text(json), Format.ANY, Format.JSON, false);
    }

    /** A Struct, from names and values by turns; types follow from the values, see {@link Values}. */
    static Content struct(@Nullable Object... namesAndValues) {
        return value(Values.struct(namesAndValues));
    }

    /** Any value with a schema. */
    static Content value(SchemaAndValue value) {
        return new Content(Message.struct(value.schema(), value.value()), Format.ANY, Format.STRUCT, false);
    }

    /** A plain text, as the StringConverter reads it. */
    static Content text(String text) {
        return new Content(Message.text(text), Format.ANY, Format.TEXT, false);
    }

    static Content tombstone() {
        return new Content(Message.tombstone(), Format.ANY, Format.ANY, false);
    }

    Content keyStruct(Object... namesAndValues) {
        SchemaAndValue key = Values.struct(namesAndValues);
        return key(key.schema(), key.value());
    }

    Content key(Schema schema, Object key) {
        return withKey(Format.STRUCT, message -> message.keyStruct(schema, key));
    }

    /** A JSON object, or a number, text and the like. */
    Content keyJson(Object key) {
        return withKey(Format.JSON, message -> message.keyJson(key));
    }

    Content keyText(String key) {
        return withKey(Format.TEXT, message -> message.keyText(key));
    }

    Content header(String name, String text) {
        return new Content(message.header(name, text), keyFormat, valueFormat, isBad);
    }

    /** The record that a failure is to blame. */
    Content bad() {
        return new Content(message, keyFormat, valueFormat, true);
    }

    Optional<Format> formatOfKey() {
        return Optional.of(keyFormat).filter(format -> format != Format.ANY);
    }

    Optional<Format> formatOfValue() {
        return Optional.of(valueFormat).filter(format -> format != Format.ANY);
    }

    private Content withKey(Format format, UnaryOperator<Message> change) {
        return new Content(change.apply(message), format, valueFormat, isBad);
    }
}
