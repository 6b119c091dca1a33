package io.sluice.record;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says of the column that a field comes from, for the column that may be made for it.
 *
 * @param type name of the source's type in upper case, as it was propagated; empty where it was not
 * @param length its length or precision; {@link #UNKNOWN} where it is not known
 * @param scale its scale; {@link #UNKNOWN} where it is not known
 * @param defaultValue the schema's default; null where it has none
 * @param optional whether the schema says that the value may be null; what has no schema says nothing
 */
public record ColumnHint(
        String type, int length, int scale, @Nullable Object defaultValue, boolean optional) {
    public static final int UNKNOWN = -1;

    /** Says nothing. */
    public static final ColumnHint NONE = new ColumnHint("", UNKNOWN, UNKNOWN, null, false);

    private static final String PREFIX = "__debezium.source.column.";

    static ColumnHint of(Schema schema) {
        Map<String, String> parameters = schema.parameters() == null ? Map.of() : schema.parameters();
        return new ColumnHint(
                parameters.getOrDefault(PREFIX + "type", "").toUpperCase(Locale.ROOT),
                number(parameters.get(PREFIX + "length")),
                number(parameters.get(PREFIX + "scale")),
                schema.defaultValue(),
                schema.isOptional());
    }

    /** What is known of the elements of an array. */
    public ColumnHint ofElements() {
        return new ColumnHint(type.startsWith("_") ? type.substring(1) : "", length, scale, null, true);
    }

    /**
     * The column's name at the source, where the field's name is that name with characters replaced that Avro does not
     * allow in names; otherwise the field's name, which somebody may have chosen.
     */
    static String restoredName(org.apache.kafka.connect.data.Field field) {
        Map<String, String> parameters = field.schema().parameters();
        String source = parameters == null ? null : parameters.get(PREFIX + "name");
        return source != null && !source.isEmpty() && isSanitized(source, field.name()) ? source : field.name();
    }

    private static boolean isSanitized(String source, String name) {
        StringBuilder underscores = new StringBuilder();
        StringBuilder codes = new StringBuilder();
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            String kept = letter || (digit && i > 0) ? String.valueOf(c) : "";
            // A digit in front stays behind its underscore.
            underscores.append(kept.isEmpty() ? digit ? "_" + c : "_" : kept);
            codes.append(kept.isEmpty() ? String.format(Locale.ROOT, c < 0x100 ? "_u%04x" : "_u%x", (int) c) : kept);
        }
        return name.contentEquals(underscores) || name.contentEquals(codes);
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? UNKNOWN : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
