package io.sluice.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.config.NullHandling;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Any value of Connect as JSON text, for people to read and to write again: bytes in the hexadecimal form of bytea,
 * Connect's dates and times as ISO 8601, numbers with all their digits, NaN and the infinite ones as strings. Never fails for what a value holds.
 */
public final class ConnectJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    /** Deeper values are cut off with their text: somebody's cycle must not end a thread. */
    private static final int MOST_LEVELS = 200;

    private ConnectJson() {}

    /** The value as JSON; null for null, which is SQL's as well. */
    public static @Nullable String of(@Nullable Object value) {
        return value == null ? null : text(value);
    }

    /** Headers as an array of objects with key and value, since keys may repeat; null where there are none. */
    public static @Nullable String ofHeaders(Headers headers) {
        if (headers.isEmpty()) {
            return null;
        }
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Header header : headers) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("key", header.key());
            one.put("value", header.value());
            all.add(one);
        }
        return text(all);
    }

    private static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(plain(value, 0));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values have no form in JSON", e);
        }
    }

    private static @Nullable Object plain(@Nullable Object value, int level) {
        if (level > MOST_LEVELS) {
            return String.valueOf(value);
        }
        if (value instanceof Struct struct) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (Field field : struct.schema().fields()) {
                fields.put(field.name(), plain(NullHandling.NULL.read(struct, field), level + 1));
            }
            return fields;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((key, element) -> entries.put(String.valueOf(key), plain(element, level + 1)));
            return entries;
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(plain(element, level + 1)));
            return elements;
        }
        return scalar(value);
    }

    private static @Nullable Object scalar(@Nullable Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return hex(bytes);
        }
        if (value instanceof byte[] bytes) {
            return hex(bytes);
        }
        if (value instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime()).toString();
        }
        if (value == null) {
            return null;
        }
        boolean known = value instanceof String || value instanceof Number || value instanceof Boolean;
        return known ? value : value.toString();
    }

    /** As PostgreSQL writes and reads bytea: base64 would be read as the bytes of its letters. */
    private static String hex(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }
}
