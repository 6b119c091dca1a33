package io.sluice.record;

import io.sluice.config.KeyConfig;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The record's topic, partition and offset as the key: the original ones, which no transformation can make collide. */
final class KafkaKeySource implements KeySource {
    private final PartShape shape;

    KafkaKeySource(List<String> columns) {
        List<String> names = columns.isEmpty() ? KeyConfig.KAFKA_COLUMNS : columns;
        this.shape = new PartShape.OfArray(List.of(
                new Field(names.get(0), FieldType.Scalar.STRING, true, Field.Role.KEY),
                new Field(names.get(1), FieldType.Scalar.INT32, true, Field.Role.KEY),
                new Field(names.get(2), FieldType.Scalar.INT64, true, Field.Role.KEY)));
    }

    @Override
    public @Nullable Object part(SinkRecord record) {
        return new Object[] {record.originalTopic(), record.originalKafkaPartition(), record.originalKafkaOffset()};
    }

    @Override
    public PartShape shape(SinkRecord record) {
        return shape;
    }
}
