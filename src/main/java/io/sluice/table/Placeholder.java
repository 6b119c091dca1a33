package io.sluice.table;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** A placeholder in a table's name. */
sealed interface Placeholder {

    /** What it stands for; empty where the record does not say. */
    Optional<String> value(SinkRecord record);

    /** Whether the topic alone decides. */
    default boolean isOfTopic() {
        return false;
    }

    /** Reads a placeholder's name, which the configuration has found to be good. */
    static Placeholder parse(String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return new Topic();
        }
        String rest = name.substring(dot + 1);
        return switch (name.substring(0, dot)) {
            case "topic" -> new TopicPart(Integer.parseInt(rest));
            case "header" -> new RecordHeader(rest);
            case "source" -> new Source(rest);
            default -> new RecordField(rest);
        };
    }

    /** The whole topic. */
    record Topic() implements Placeholder {
        @Override
        public Optional<String> value(SinkRecord record) {
            return Optional.of(record.topic());
        }

        @Override
        public boolean isOfTopic() {
            return true;
        }
    }

    /**
     * A part of the topic's name between dots.
     *
     * @param number from 1, or from -1 at the end
     */
    record TopicPart(int number) implements Placeholder {
        @Override
        public Optional<String> value(SinkRecord record) {
            String[] parts = record.topic().split("\\.", -1);
            int index = number > 0 ? number - 1 : parts.length + number;
            return index >= 0 && index < parts.length ? Optional.of(parts[index]) : Optional.empty();
        }

        @Override
        public boolean isOfTopic() {
            return true;
        }
    }

    /** A field of the value, of the row in a change event, or of the key. */
    record RecordField(String name) implements Placeholder {
        @Override
        public Optional<String> value(SinkRecord record) {
            return field(record.value(), name)
                    .or(() -> field(record.value(), "after").flatMap(row -> field(row, name)))
                    .or(() -> field(record.value(), "before").flatMap(row -> field(row, name)))
                    .or(() -> field(record.key(), name))
                    .map(String::valueOf);
        }
    }

    /** The last header of that name. */
    record RecordHeader(String name) implements Placeholder {
        @Override
        public Optional<String> value(SinkRecord record) {
            Header header = record.headers().lastWithName(name);
            return header == null
                    ? Optional.empty()
                    : Optional.ofNullable(header.value()).map(String::valueOf);
        }
    }

    /**
     * What a change event says of its source: its schema, its table; or a field that a flattened event has for it. Source
     * of these names: Debezium's documentation, "New Record State Extraction", {@code add.fields}.
     */
    record Source(String name) implements Placeholder {
        @Override
        public Optional<String> value(SinkRecord record) {
            return field(record.value(), "source")
                    .flatMap(source -> field(source, name))
                    .or(() -> field(record.value(), "__source_" + name))
                    .or(() -> field(record.value(), "__" + name))
                    .map(String::valueOf);
        }
    }

    private static Optional<Object> field(@Nullable Object part, String name) {
        if (part instanceof Struct struct) {
            Field field = struct.schema().field(name);
            return field == null ? Optional.empty() : Optional.ofNullable(struct.get(field));
        }
        return part instanceof Map<?, ?> map ? Optional.ofNullable(map.get(name)) : Optional.empty();
    }
}
