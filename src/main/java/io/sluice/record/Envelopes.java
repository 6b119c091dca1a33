package io.sluice.record;

import io.sluice.config.RecordFormat;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which values are change events in their envelope, and which are a source's housekeeping. */
final class Envelopes {
    private static final Logger LOG = LoggerFactory.getLogger(Envelopes.class);
    private static final int MOST_SCHEMAS = 4096;
    private static final String ENVELOPE = "Envelope";

    /** Ends of the names of schemas that describe no row: what a source says of itself and of its tables. */
    private static final Set<String> HOUSEKEEPING =
            Set.of(".SchemaChangeValue", ".Heartbeat", ".TransactionMetadataValue", ".MessageValue");

    private final RecordFormat format;
    private final IdentityHashMap<Schema, Optional<Envelope>> known = new IdentityHashMap<>();
    private final Set<String> announced = new HashSet<>();
    private @Nullable Schema lastSchema;
    private Optional<Envelope> lastEnvelope = Optional.empty();

    Envelopes(RecordFormat format) {
        this.format = format;
    }

    /**
     * The envelope that the value is; empty where it is a row itself.
     *
     * @throws RecordException where the value is not of the configured format
     */
    Optional<Envelope> of(Object value) {
        return switch (format) {
            case AUTO -> value instanceof Struct struct ? ofSchema(struct.schema()) : Optional.empty();
            case STRUCT -> plain(value instanceof Struct, "struct", "a Struct with a schema");
            case JSON -> plain(value instanceof Map, "json", "a map without a schema");
            case DEBEZIUM -> Optional.of(required(value));
        };
    }

    private static Optional<Envelope> plain(boolean fits, String format, String form) {
        if (!fits) {
            throw new RecordException(
                    "the record's value is not " + form + ", which record.format " + format + " asks for",
                    "Set record.format to auto, or choose another converter");
        }
        return Optional.empty();
    }

    private Envelope required(Object value) {
        Optional<Envelope> envelope = Optional.empty();
        if (value instanceof Struct struct) {
            envelope = ofSchema(struct.schema()).or(() -> Envelope.of(struct.schema()));
        } else if (value instanceof Map<?, ?> map && map.containsKey(Envelope.OPERATION)) {
            envelope = Optional.of(new Envelope.OfMap());
        }
        return envelope.orElseThrow(() -> new RecordException(
                "the record's value is no change event: it has no fields op and after",
                "Set record.format to auto, and leave the source's envelope as it is or flatten all of it"));
    }

    private Optional<Envelope> ofSchema(Schema schema) {
        if (schema == lastSchema) {
            return lastEnvelope;
        }
        if (known.size() >= MOST_SCHEMAS) {
            known.clear();
        }
        lastEnvelope = known.computeIfAbsent(schema, Envelopes::find);
        lastSchema = schema;
        return lastEnvelope;
    }

    private static Optional<Envelope> find(Schema schema) {
        return schema.name() != null && schema.name().endsWith(ENVELOPE) ? Envelope.of(schema) : Optional.empty();
    }

    /** Whether the value says nothing of a row. Said once in the log, since somebody subscribed to it by mistake. */
    boolean isHousekeeping(Object value, String topic) {
        if (format == RecordFormat.STRUCT || format == RecordFormat.JSON || !(value instanceof Struct struct)) {
            return false;
        }
        String name = struct.schema().name();
        if (name == null
                || !name.startsWith("io.debezium.")
                || HOUSEKEEPING.stream().noneMatch(name::endsWith)) {
            return false;
        }
        if (announced.add(topic)) {
            LOG.warn(
                    "Topic {} holds no rows but records of {}. They are skipped; leave the topic out of topics.regex",
                    topic,
                    name);
        }
        return true;
    }
}
