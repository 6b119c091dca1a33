package io.sluice.table;

import io.sluice.config.TableConfig;
import io.sluice.record.LruCache;
import io.sluice.record.RecordException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names the table of a record. Belongs to the task thread. */
public final class TableRouter {
    private static final Logger LOG = LoggerFactory.getLogger(TableRouter.class);

    /** A table's name and what it was made of. */
    private static final long NAME_BYTES = 500;

    private final TableConfig config;
    private final NameTemplate template;
    private final Map<String, NameTemplate> ofTopics = new HashMap<>();
    private final LruCache<String, TableId> byTopic = new LruCache<>(table -> NAME_BYTES);
    private final LruCache<List<String>, TableId> byValues = new LruCache<>(table -> NAME_BYTES);
    private boolean warned;

    public TableRouter(TableConfig config) {
        this.config = config;
        this.template = new NameTemplate(config.nameFormat(), config.names());
    }

    /** Schemas that the configuration names itself, and the one of the search path: what is wrong with them is no record's fault. */
    static Set<String> schemas(TableConfig config) {
        return Stream.concat(Stream.of(config.nameFormat()), config.topicTables().values().stream())
                .map(format -> new NameTemplate(format, config.names()).schema())
                .flatMap(Optional::stream)
                .map(config.names().identifierCase()::fold)
                .collect(Collectors.toSet());
    }

    /**
     * The table of the record; empty where a record without a value does not say. In a stream of change events that
     * happens after each deletion, which the event before it has done already.
     *
     * @throws RecordException where the format gives no table's name
     */
    public Optional<TableId> route(SinkRecord record) {
        TableId known = byTopic.get(record.topic());
        return known == null ? name(record) : Optional.of(known);
    }

    /**
     * The table of all records of a topic; empty where it is not the topic that decides.
     *
     * @throws RecordException where the format gives no table's name
     */
    public Optional<TableId> routeTopic(String topic) {
        NameTemplate names = template(topic);
        return names.isOfTopic() ? route(new SinkRecord(topic, 0, null, null, null, null, 0)) : Optional.empty();
    }

    private Optional<TableId> name(SinkRecord record) {
        NameTemplate names = template(record.topic());
        Optional<List<String>> values = names.values(record);
        if (values.isEmpty()) {
            if (record.value() != null || names.isOfTopic()) {
                throw new RecordException(
                        "the record has not all that " + names.format() + " takes a table's name from",
                        "Correct table.name.format, or produce the field or header with every record");
            }
            warn(record.topic(), names);
            return Optional.empty();
        }
        if (names.isOfTopic()) {
            TableId table = table(record.topic(), names, values.get());
            byTopic.put(record.topic(), table);
            return Optional.of(table);
        }
        TableId table = byValues.get(values.get());
        if (table == null) {
            table = table(record.topic(), names, values.get());
            byValues.put(values.get(), table);
        }
        return Optional.of(table);
    }

    private NameTemplate template(String topic) {
        String mapped = config.topicTables().get(topic);
        return mapped == null
                ? template
                : ofTopics.computeIfAbsent(topic, key -> new NameTemplate(mapped, config.names()));
    }

    private TableId table(String topic, NameTemplate names, List<String> values) {
        List<String> parts = names.parts(values).stream()
                .map(config.names().identifierCase()::fold)
                .toList();
        if (parts.size() > 2 || parts.stream().anyMatch(String::isBlank)) {
            throw new RecordException(
                    "topic " + topic + " gives no table name of the form table or schema.table",
                    "Correct table.name.format, or name the topic's table in topics.to.tables.mapping");
        }
        parts.forEach(Identifiers::check);
        if (parts.size() == 2) {
            ForbiddenTables.checkSchema(parts.get(0));
        }
        return parts.size() == 1 ? new TableId("", parts.get(0)) : new TableId(parts.get(0), parts.get(1));
    }

    private void warn(String topic, NameTemplate names) {
        if (!warned) {
            warned = true;
            LOG.warn(
                    "Topic {} has records without a value, which do not say what {} takes a table's name from. "
                            + "They are skipped: after a change event of a deletion nothing is left to do",
                    topic,
                    names.format());
        }
    }
}
