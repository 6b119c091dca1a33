package io.sluice.type;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.FieldTypes;
import io.sluice.record.SemanticType;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Maps, and JSON objects, as the text of an hstore. Source: PostgreSQL's documentation, appendix F, "hstore". */
final class Hstore {
    /** An hstore has room for names and texts that the parser would find too long. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Hstore() {}

    /** The text of a field's values; empty where they are no maps. */
    static Optional<Function<Object, String>> text(FieldType field, TextForms texts) {
        if (field == SemanticType.JSON) {
            return Optional.of(value -> ofJson((String) value));
        }
        if (field == Scalar.DOCUMENT) {
            Function<Object, String> nested = texts.local(Scalar.DOCUMENT);
            return Optional.of(value -> ofMap(
                    (Map<?, ?>) value,
                    String::valueOf,
                    each -> each instanceof Map || each instanceof Iterable ? nested.apply(each) : each.toString()));
        }
        if (field instanceof FieldType.Structured structured
                && structured.schema().type() == Schema.Type.MAP) {
            Function<Object, String> name =
                    texts.local(FieldTypes.of(structured.schema().keySchema()));
            Function<Object, String> element =
                    texts.local(FieldTypes.of(structured.schema().valueSchema(), structured.nulls()));
            return Optional.of(value -> ofMap((Map<?, ?>) value, name, element));
        }
        return Optional.empty();
    }

    private static String ofMap(Map<?, ?> map, Function<Object, String> name, Function<Object, String> element) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() == null) {
                throw new UnfitValueException("a map has null for a key", "Correct the producer");
            }
            Object value = entry.getValue();
            add(text, name.apply(entry.getKey()), value == null ? null : element.apply(value));
        }
        return text.toString();
    }

    private static String ofJson(String json) {
        StringBuilder text = new StringBuilder();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token.isStructStart()) {
                    throw malformed();
                }
                add(text, name, token == JsonToken.VALUE_NULL ? null : parser.getText());
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw malformed();
            }
        } catch (IOException e) {
            throw malformed();
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String name, @Nullable String value) {
        text.append(text.length() > 0 ? ", " : "");
        quote(text, name).append("=>");
        if (value == null) {
            text.append("NULL");
        } else {
            quote(text, value);
        }
    }

    private static StringBuilder quote(StringBuilder text, String part) {
        text.append('"');
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        return text.append('"');
    }

    private static UnfitValueException malformed() {
        return new UnfitValueException(
                "the text is not a JSON object of texts, which an hstore could hold", "Make the column jsonb");
    }
}
