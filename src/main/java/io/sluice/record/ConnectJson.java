package io.sluice.record;

import io.sluice.config.NullHandling;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes any value of Connect as JSON text, for people to read and to write again: bytes in the hexadecimal form of bytea,
 * Connect's dates and times as ISO 8601, numbers with all their digits, or an exponent in place of more than a thousand
 * zeros, NaN and the infinite ones as strings. Escapes what the text's encoding has no character for. Good for one value.
 */
public final class ConnectJson {
    /** Deeper values are cut off: somebody's cycle must not end a thread. */
    private static final int MAX_LEVELS = 200;

    private static final int MAX_ZEROS = 1_000;
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder out = new StringBuilder();
    private final Encoding encoding;
    private final int maxCharacters;

    /** The characters that are written as they are. */
    public enum Encoding {
        /** All but halves of surrogate pairs and U+0000, which are no text in PostgreSQL. */
        UNICODE {
            @Override
            boolean takes(String text, int index) {
                char c = text.charAt(index);
                return !Character.isSurrogate(c) ? c != 0 : isInPair(text, index, c);
            }
        },
        /** Those of ASCII, which every database has. */
        ASCII {
            @Override
            boolean takes(String text, int index) {
                char c = text.charAt(index);
                return c < 0x7F && c != 0;
            }
        };

        abstract boolean takes(String text, int index);

        private static boolean isInPair(String text, int index, char c) {
            return Character.isHighSurrogate(c)
                    ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                    : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }

        /** The text with an escape, as JSON has it, for each character that is not written as it is. */
        public String escape(String text) {
            StringBuilder escaped = new StringBuilder(text.length());
            for (int i = 0; i < text.length(); i++) {
                if (takes(text, i)) {
                    escaped.append(text.charAt(i));
                } else {
                    appendEscape(escaped, text.charAt(i));
                }
            }
            return escaped.toString();
        }
    }

    private ConnectJson(Encoding encoding, int maxCharacters) {
        this.encoding = encoding;
        this.maxCharacters = maxCharacters;
    }

    /**
     * The value as JSON; null for null, which is SQL's as well.
     *
     * @throws RecordException where it has more characters than that
     */
    public static @Nullable String of(@Nullable Object value, Encoding encoding, int maxCharacters) {
        if (value == null) {
            return null;
        }
        ConnectJson json = new ConnectJson(encoding, maxCharacters);
        json.write(value, 0);
        return json.out.toString();
    }

    /**
     * Headers as an array of objects with key and value, since keys may repeat; null where there are none.
     *
     * @throws RecordException where it has more characters than that
     */
    public static @Nullable String ofHeaders(Headers headers, Encoding encoding, int maxCharacters) {
        if (headers.isEmpty()) {
            return null;
        }
        ConnectJson json = new ConnectJson(encoding, maxCharacters);
        char before = '[';
        for (Header header : headers) {
            json.out.append(before).append("{\"key\":");
            json.string(header.key());
            json.out.append(",\"value\":");
            json.write(header.value(), 1);
            json.out.append('}');
            before = ',';
        }
        return json.out.append(']').toString();
    }

    private void write(@Nullable Object value, int level) {
        if (level > MAX_LEVELS) {
            string("nested more than " + MAX_LEVELS + " levels deep");
        } else if (value instanceof Struct struct) {
            ofStruct(struct, level);
        } else if (value instanceof Map<?, ?> map) {
            ofMap(map, level);
        } else if (value instanceof Collection<?> list) {
            ofList(list, level);
        } else {
            scalar(value);
        }
    }

    private void ofStruct(Struct struct, int level) {
        out.append('{');
        boolean first = true;
        for (Field field : struct.schema().fields()) {
            first = separate(first);
            string(field.name());
            out.append(':');
            write(NullHandling.NULL.read(struct, field), level + 1);
        }
        out.append('}');
    }

    private void ofMap(Map<?, ?> map, int level) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            first = separate(first);
            string(String.valueOf(entry.getKey()));
            out.append(':');
            write(entry.getValue(), level + 1);
        }
        out.append('}');
    }

    private void ofList(Collection<?> list, int level) {
        out.append('[');
        boolean first = true;
        for (Object element : list) {
            first = separate(first);
            write(element, level + 1);
        }
        out.append(']');
    }

    /** Writes a comma but before the first, and returns that what comes next is not the first any more. */
    private boolean separate(boolean first) {
        requireRoom(1);
        if (!first) {
            out.append(',');
        }
        return false;
    }

    private void scalar(@Nullable Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            hex(bytes);
        } else if (value instanceof byte[] bytes) {
            hex(bytes);
        } else if (value instanceof Date date) {
            string(Instant.ofEpochMilli(date.getTime()).toString());
        } else if (value instanceof BigDecimal decimal) {
            raw(text(decimal));
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                string(value.toString());
            } else {
                raw(value.toString());
            }
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            raw(String.valueOf(value));
        } else {
            string(value.toString());
        }
    }

    private static String text(BigDecimal decimal) {
        long zeros = decimal.scale() < 0 ? -(long) decimal.scale() : (long) decimal.scale() - decimal.precision();
        return zeros > MAX_ZEROS ? decimal.toString() : decimal.toPlainString();
    }

    /** As PostgreSQL writes and reads bytea: base64 would be read as the bytes of its letters. */
    private void hex(byte[] bytes) {
        requireRoom(2L * bytes.length);
        out.append("\"\\\\x").append(HEX.formatHex(bytes)).append('"');
    }

    private void raw(String text) {
        requireRoom(text.length());
        out.append(text);
    }

    private void string(String text) {
        requireRoom(text.length());
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text, i);
        }
        out.append('"');
    }

    private void character(String text, int index) {
        char c = text.charAt(index);
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c >= ' ' && encoding.takes(text, index)) {
                    out.append(c);
                } else {
                    requireRoom(1);
                    appendEscape(out, c);
                }
            }
        }
    }

    private static void appendEscape(StringBuilder to, char c) {
        to.append("\\u").append(HEX.toHexDigits(c));
    }

    private void requireRoom(long characters) {
        if (out.length() + characters > maxCharacters) {
            throw new RecordException(
                    "the JSON text has more than " + maxCharacters + " characters", "Read the record from its topic");
        }
    }
}
