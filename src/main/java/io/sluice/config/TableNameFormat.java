package io.sluice.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The written form of a table's name with placeholders. */
final class TableNameFormat {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern KNOWN =
            Pattern.compile("topic|topic\\.-?[1-9][0-9]{0,3}|(field|header|source)\\.\\S(.*\\S)?");

    /** PostgreSQL cuts longer names off. */
    private static final int LONGEST_BYTES = 63;

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

    /** Looks at the parts between dots that are not in double quotes; inside those a doubled quote is one quote. */
    private static void checkParts(String key, String written) {
        String name = written.trim();
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' && quoted && name.startsWith("\"\"", i)) {
                part.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        if (quoted) {
            throw new ConfigException(
                    key + ": a double quote is not closed. Quote a whole part, as in shop.\"${topic}\".");
        }
        if (parts.size() > 2) {
            throw new ConfigException(key + ": it has more than two parts between dots. "
                    + "Write table or schema.table; the database is the one in connection.url.");
        }
        parts.forEach(each -> checkPart(key, each));
        if (parts.size() == 2 && isSystemSchema(parts.get(0))) {
            throw new ConfigException(key + ": schema " + parts.get(0)
                    + " is PostgreSQL's own, or one of temporary tables. Name a table of another schema.");
        }
    }

    private static void checkPart(String key, String part) {
        if (part.isBlank()) {
            throw new ConfigException(key + ": a part is empty. Write table or schema.table.");
        }
        if (part.indexOf('\0') >= 0) {
            throw new ConfigException(key + ": it holds U+0000, which no name in PostgreSQL may. Give another one.");
        }
        int bytes = part.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_BYTES) {
            throw new ConfigException(key + ": " + part + " has " + bytes + " bytes, and a name in PostgreSQL has "
                    + LONGEST_BYTES + " at most. Give a shorter one.");
        }
    }

    /** All names with this prefix are reserved. */
    private static boolean isSystemSchema(String schema) {
        return schema.startsWith("pg_") || schema.equals("information_schema");
    }
}
