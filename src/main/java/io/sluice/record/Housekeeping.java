package io.sluice.record;

import io.sluice.config.RecordFormat;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognizes the records in which a source speaks of itself and of its tables, and not of a row: heartbeats, boundaries of
 * transactions, schema changes, notifications and logical messages. Belongs to the task thread.
 *
 * <p>A schema says so by its name. What has no schema is known by its fields: where change events are configured by those
 * that each kind has, and elsewhere, where it might be a row, only by all that Debezium writes. Source of the forms:
 * Debezium's {@code SchemaFactory}.
 */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Pattern NAMES = Pattern.compile("io\\.debezium\\..*\\."
            + "(SchemaChangeValue|Heartbeat|TransactionMetadataValue|MessageValue|Notification)");
    private static final String TIME = "ts_ms";
    private static final Set<String> TIMES = Set.of(TIME, "ts_us", "ts_ns");
    private static final String STATUS = "status";
    private static final Set<String> BOUNDARIES = Set.of("BEGIN", "END");
    private static final Set<String> TRANSACTION =
            Set.of(STATUS, "id", "event_count", "data_collections", TIME, "ts_us", "ts_ns");
    private static final Set<String> SCHEMA_CHANGE =
            Set.of("source", "databaseName", "schemaName", "ddl", "tableChanges", TIME, "ts_us", "ts_ns");
    private static final Set<String> NOTIFICATION =
            Set.of("id", "type", "aggregate_type", "additional_data", "timestamp");
    /** No kind has more. */
    private static final int MAX_FIELDS = 10;

    private final boolean onlyEvents;
    private final LruCache<String, String> announced = new LruCache<>(MemorySize::of);

    /** The schema that was looked at last, and what came of it. */
    private Schema lastSchema = Schema.BOOLEAN_SCHEMA;

    private boolean lastAnswer;

    Housekeeping(RecordFormat format) {
        this.onlyEvents = format == RecordFormat.DEBEZIUM;
    }

    /** Whether the record says nothing of a row. Said once in the log, since somebody subscribed to it by mistake. */
    boolean is(SinkRecord record) {
        Object value = record.value();
        boolean housekeeping = value instanceof Struct struct
                ? is(struct.schema())
                : value instanceof Map<?, ?> map && map.size() <= MAX_FIELDS && is(map, record);
        if (housekeeping && announced.get(record.topic()) == null) {
            announced.put(record.topic(), record.topic());
            LOG.warn(
                    "Topic {} holds records in which a source speaks of itself and not of rows. They are skipped; leave the "
                            + "topic out of topics.regex if it holds nothing else",
                    record.topic());
        }
        return housekeeping;
    }

    private boolean is(Schema schema) {
        if (schema != lastSchema) {
            lastSchema = schema;
            lastAnswer = describes(schema);
        }
        return lastAnswer;
    }

    private boolean describes(Schema schema) {
        String name = schema.name();
        if (name != null && NAMES.matcher(name).matches()) {
            return true;
        }
        Set<String> fields = new HashSet<>();
        schema.fields().forEach(field -> fields.add(field.name()));
        return onlyEvents && hasKindsFields(fields);
    }

    private boolean is(Map<?, ?> map, SinkRecord record) {
        if (map.containsKey(STATUS) && !BOUNDARIES.contains(String.valueOf(map.get(STATUS)))) {
            return false;
        }
        return onlyEvents ? hasKindsFields(map.keySet()) : hasAllFields(map, record);
    }

    /** Whether these are the fields of one kind, where a row is none of the choices. */
    private static boolean hasKindsFields(Set<?> fields) {
        return (fields.contains(TIME) && TIMES.containsAll(fields))
                || (fields.contains(STATUS) && fields.contains("id") && TRANSACTION.containsAll(fields))
                || (fields.contains("aggregate_type") && fields.contains("type") && NOTIFICATION.containsAll(fields))
                || (hasSchemaChange(fields) && SCHEMA_CHANGE.containsAll(fields));
    }

    private static boolean hasSchemaChange(Set<?> fields) {
        return (fields.contains("ddl") || fields.contains("tableChanges")) && fields.contains("source");
    }

    /** Whether it can be no row: it has all that a kind has, and values that only this kind has. */
    private static boolean hasAllFields(Map<?, ?> map, SinkRecord record) {
        Set<?> fields = map.keySet();
        if (map.get(TIME) instanceof Number && TIMES.containsAll(fields)) {
            return isOfHeartbeat(record);
        }
        if (fields.contains("data_collections")) {
            return TRANSACTION.containsAll(fields) && fields.contains("event_count") && fields.contains(STATUS);
        }
        if (fields.contains("aggregate_type")) {
            return NOTIFICATION.containsAll(fields)
                    && fields.contains("additional_data")
                    && fields.contains("type")
                    && fields.contains("id");
        }
        if (fields.contains("ddl")) {
            return SCHEMA_CHANGE.containsAll(fields)
                    && fields.contains("databaseName")
                    && map.get("source") instanceof Map;
        }
        return "m".equals(map.get(Envelope.OPERATION))
                && Envelope.FIELDS.containsAll(fields)
                && map.get(Envelope.SOURCE) instanceof Map;
    }

    private static boolean isOfHeartbeat(SinkRecord record) {
        return record.topic().startsWith("__debezium-heartbeat")
                || (record.key() instanceof Map<?, ?> key && key.keySet().equals(Set.of("serverName")));
    }
}
