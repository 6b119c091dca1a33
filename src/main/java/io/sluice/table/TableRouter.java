package io.sluice.table;

import io.sluice.config.TableConfig;
import io.sluice.record.RecordException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names the table of a topic. Belongs to the task thread. */
public final class TableRouter {
    private static final String TOPIC = "${topic}";

    private final TableConfig config;
    private final Map<String, TableId> tables = new HashMap<>();

    public TableRouter(TableConfig config) {
        this.config = config;
    }

    /**
     * The table of the topic.
     *
     * @throws RecordException where the format gives no table's name
     */
    public TableId route(String topic) {
        TableId table = tables.get(topic);
        if (table == null) {
            table = resolve(topic);
            tables.put(topic, table);
        }
        return table;
    }

    /** The table of all records of a topic. */
    public java.util.Optional<TableId> routeTopic(String topic) {
        String format = config.topicTables().getOrDefault(topic, config.nameFormat());
        return format.replace(TOPIC, "").contains("${")
                ? java.util.Optional.empty()
                : java.util.Optional.of(route(topic));
    }

    private TableId resolve(String topic) {
        String format = config.topicTables().getOrDefault(topic, config.nameFormat());
        List<String> parts = parts(format.replace(TOPIC, topic));
        if (parts.size() > 2) {
            parts = parts(format.replace(TOPIC, topic.replace('.', '_')));
        }
        if (parts.isEmpty() || parts.size() > 2 || parts.stream().anyMatch(String::isBlank)) {
            throw new RecordException(
                    "topic " + topic + " gives no table name of the form table or schema.table",
                    "Correct table.name.format, or name the topic's table in topics.to.tables.mapping");
        }
        return parts.size() == 1 ? new TableId("", parts.get(0)) : new TableId(parts.get(0), parts.get(1));
    }

    /** Splits at dots outside double quotes; inside them a doubled quote is one quote. */
    private static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < name.length() && name.charAt(i + 1) == '"') {
                    part.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
