package io.sluice.record;

import io.sluice.config.KeyMode;
import io.sluice.config.RecordConfig;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Where the key fields of a row come from; one implementation for each key mode that looks outside the value. */
interface KeySource {
    /** The part that the key's fields are read from, in the form that {@link #shape} reads. */
    @Nullable
    Object part(SinkRecord record);

    /**
     * The shape of the record's key part.
     *
     * @throws RecordException where the record has no such key
     */
    PartShape shape(SinkRecord record);

    static KeySource of(RecordConfig config) {
        List<String> names = config.keys().fields();
        KeyMode mode = config.keys().mode();
        return switch (mode) {
            case NONE, RECORD_VALUE -> new Absent();
            case KAFKA -> new KafkaKeySource(names);
            case RECORD_KEY -> new RecordKeySource(names, Field.Role.KEY);
            case AUTO -> new RecordKeySource(names, Field.Role.KEY_CANDIDATE);
            case RECORD_HEADER -> new HeaderKeySource(names);
        };
    }

    /** No key beside the value. */
    final class Absent implements KeySource {
        @Override
        public @Nullable Object part(SinkRecord record) {
            return null;
        }

        @Override
        public PartShape shape(SinkRecord record) {
            return PartShape.EMPTY;
        }
    }
}
