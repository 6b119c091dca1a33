package io.sluice.record;

import io.sluice.config.RecordFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Tells which values are change events in their envelope. */
final class Envelopes {
    private static final String ENVELOPE = "Envelope";

    private final RecordFormat format;
    private final LruCache<SchemaIdentity, Known> known = new LruCache<>(one -> MemorySize.ofSchema(one.schema));
    private @Nullable Schema lastSchema;
    private Optional<Envelope> lastEnvelope = Optional.empty();

    private record Known(Schema schema, Optional<Envelope> envelope) {}

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
            case AUTO -> recognized(value);
            case STRUCT -> plain(value instanceof Struct, "struct", "a Struct with a schema");
            case JSON -> plain(value instanceof Map, "json", "a map without a schema");
            case DEBEZIUM -> Optional.of(required(value));
        };
    }

    private Optional<Envelope> recognized(Object value) {
        if (value instanceof Struct struct) {
            return ofSchema(struct.schema());
        }
        return value instanceof Map<?, ?> map && map.containsKey(Envelope.OPERATION)
                ? Envelope.recognize(map)
                : Optional.empty();
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
            envelope = Optional.of(Envelope.of(map));
        }
        return envelope.orElseThrow(() -> new RecordException(
                "the record's value is no change event: it has no fields op and after",
                "Set record.format to auto, and leave the source's envelope as it is or flatten all of it"));
    }

    private Optional<Envelope> ofSchema(Schema schema) {
        if (schema == lastSchema) {
            return lastEnvelope;
        }
        lastEnvelope =
                known.computeIfAbsent(new SchemaIdentity(schema), key -> new Known(schema, find(schema))).envelope;
        lastSchema = schema;
        return lastEnvelope;
    }

    private static Optional<Envelope> find(Schema schema) {
        return schema.name() != null && schema.name().endsWith(ENVELOPE) ? Envelope.of(schema) : Optional.empty();
    }
}
