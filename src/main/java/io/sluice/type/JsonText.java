package io.sluice.type;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Nested values as JSON text. Bytes become base64, Connect's dates and times ISO 8601, maps objects whose names are
 * their keys as text.
 */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** Writes the value as UTF-8. */
    static void write(@Nullable Schema schema, Object value, RowBuffer out) {
        try (JsonGenerator json = FACTORY.createGenerator(new Unclosed(out))) {
            write(json, schema, value);
        } catch (IOException e) {
            throw new UnfitValueException("the nested value cannot be written as JSON", "Correct the producer");
        }
    }

    /** The value as a string, for columns of other types. */
    static String text(@Nullable Schema schema, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            write(json, schema, value);
        } catch (IOException e) {
            throw new UnfitValueException("the nested value cannot be written as JSON", "Correct the producer");
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Checks that a string is one JSON text, so that a bad one is found before PostgreSQL sees it. */
    static void check(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken token = parser.nextToken();
            if (token != null) {
                parser.skipChildren();
            }
            if (token != null && parser.nextToken() == null) {
                return;
            }
        } catch (IOException e) {
            // Said below, without the parser's message: it quotes the text.
        }
        throw new UnfitValueException("the text is not JSON", "Correct the producer, or make the column text");
    }

    private static void write(JsonGenerator json, @Nullable Schema schema, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Struct struct) {
            struct(json, struct);
        } else if (value instanceof Map<?, ?> map) {
            map(json, schema, map);
        } else if (value instanceof Collection<?> list) {
            list(json, schema, list);
        } else if (value instanceof Number number) {
            number(json, number);
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof byte[] bytes) {
            json.writeBinary(bytes);
        } else if (value instanceof ByteBuffer buffer) {
            json.writeBinary(Bytes.copy(buffer));
        } else if (value instanceof Date date) {
            json.writeString(iso(schema, date));
        } else {
            throw new UnfitValueException(
                    "a nested value is a " + value.getClass().getName() + ", which has no form in JSON",
                    "Use a converter that gives JSON's types or Connect's");
        }
    }

    private static void struct(JsonGenerator json, Struct struct) throws IOException {
        json.writeStartObject();
        for (Field field : struct.schema().fields()) {
            json.writeFieldName(field.name());
            write(json, field.schema(), struct.get(field));
        }
        json.writeEndObject();
    }

    private static void map(JsonGenerator json, @Nullable Schema schema, Map<?, ?> map) throws IOException {
        Schema valueSchema = schema == null ? null : schema.valueSchema();
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(String.valueOf(entry.getKey()));
            write(json, valueSchema, entry.getValue());
        }
        json.writeEndObject();
    }

    private static void list(JsonGenerator json, @Nullable Schema schema, Collection<?> list) throws IOException {
        Schema valueSchema = schema == null ? null : schema.valueSchema();
        json.writeStartArray();
        for (Object element : list) {
            write(json, valueSchema, element);
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, Number number) throws IOException {
        if (number instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            json.writeNumber(integer);
        } else if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (!Double.isFinite(value)) {
                throw new UnfitValueException(
                        "a nested number is NaN or infinite, which JSON has no form for", "Correct the producer");
            }
            if (number instanceof Float) {
                json.writeNumber(number.floatValue());
            } else {
                json.writeNumber(value);
            }
        } else {
            json.writeNumber(number.longValue());
        }
    }

    private static String iso(@Nullable Schema schema, Date date) {
        String instant = date.toInstant().toString();
        String name = schema == null || schema.name() == null ? Timestamp.LOGICAL_NAME : schema.name();
        return switch (name) {
            case org.apache.kafka.connect.data.Date.LOGICAL_NAME -> instant.substring(0, instant.indexOf('T'));
            case Time.LOGICAL_NAME -> instant.substring(instant.indexOf('T') + 1, instant.length() - 1);
            default -> instant;
        };
    }

    /** A generator flushes and closes its target; the row goes on. */
    private static final class Unclosed extends OutputStream {
        private final RowBuffer out;

        Unclosed(RowBuffer out) {
            this.out = out;
        }

        @Override
        public void write(int value) {
            out.write(value);
        }

        @Override
        public void write(byte[] source, int offset, int count) {
            out.write(source, offset, count);
        }
    }
}
