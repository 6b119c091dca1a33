package io.sluice.config;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The written form of a table's name with placeholders. */
final class TableNameFormat {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern KNOWN =
            Pattern.compile("topic|topic\\.-?[1-9][0-9]{0,3}|(field|header|source)\\.\\S(.*\\S)?");

    private TableNameFormat() {}

    static void check(String key, @Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            throw new ConfigException(key + ": the table needs a name. Use ${topic} for the topic's name.");
        }
        String format = value.toString();
        Matcher placeholders = PLACEHOLDER.matcher(format);
        while (placeholders.find()) {
            if (!KNOWN.matcher(placeholders.group(1)).matches()) {
                throw new ConfigException(key + ": " + placeholders.group() + " is not a placeholder. "
                        + "There are ${topic}, ${topic.N} with a number from 1 or from -1 at the end, "
                        + "${field.NAME}, ${header.NAME} and ${source.NAME}.");
            }
        }
        String rest = placeholders.replaceAll("x");
        if (rest.contains("${")) {
            throw new ConfigException(key + ": a placeholder is not closed. Write it as ${topic}.");
        }
        checkParts(key, rest);
    }

    /** A name without placeholders. */
    static void checkPlain(String key, @Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            throw new ConfigException(key + ": the table needs a name. Write table or schema.table.");
        }
        if (value.toString().contains("${")) {
            throw new ConfigException(key + ": there are no placeholders here. Write table or schema.table.");
        }
        checkParts(key, value.toString());
    }

    /** Counts the parts between dots that are not in double quotes. */
    private static void checkParts(String key, String name) {
        String[] pieces = name.split("\"", -1);
        if (pieces.length % 2 == 0) {
            throw new ConfigException(
                    key + ": a double quote is not closed. Quote a whole part, as in shop.\"${topic}\".");
        }
        StringBuilder outside = new StringBuilder();
        for (int i = 0; i < pieces.length; i++) {
            outside.append(i % 2 == 0 ? pieces[i] : "x");
        }
        String[] parts = outside.toString().split("\\.", -1);
        if (parts.length > 2) {
            throw new ConfigException(key + ": it has more than two parts between dots. "
                    + "Write table or schema.table; the database is the one in connection.url.");
        }
        if (Arrays.stream(parts).anyMatch(String::isBlank)) {
            throw new ConfigException(key + ": a part is empty. Write table or schema.table.");
        }
    }
}
