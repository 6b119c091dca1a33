package io.sluice.record;

import io.sluice.config.RecordConfig;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Turns records into changes. Belongs to the task thread. */
public final class RecordDecoder {
    private static final @Nullable Object[] NO_VALUES = new @Nullable Object[0];

    private final boolean deleteEnabled;
    private final KeySource keys;
    private final PartShapes values = new PartShapes(Field.Role.VALUE);
    private final ShapeCache shapes;
    private final RowShape nothing;

    public RecordDecoder(RecordConfig config) {
        this.deleteEnabled = config.deletes().deletes();
        this.keys = KeySource.of(config);
        this.shapes = new ShapeCache(config);
        this.nothing = new RowShape(java.util.List.of(), PartShape.EMPTY, PartShape.EMPTY, new int[0]);
    }

    /**
     * What the record asks for.
     *
     * @throws RecordException where it cannot become a row
     */
    public Change decode(SinkRecord record, Origin origin) {
        Object value = record.value();
        if (value == null && !deleteEnabled) {
            return new Change(Change.Operation.SKIP, nothing, NO_VALUES, origin);
        }
        PartShape keyShape = keys.shape(record);
        if (value == null && keyShape == PartShape.EMPTY) {
            throw new RecordException(
                    "the record has neither a value nor a key, so it says of no row that it is to be deleted",
                    "Produce tombstones with their keys, or set delete.enabled to false to skip them");
        }
        PartShape valueShape = value == null ? PartShape.EMPTY : values.ofFields(record.valueSchema(), value);
        RowShape shape = shapes.join(keyShape, valueShape);
        Change.Operation operation = value == null ? Change.Operation.DELETE : Change.Operation.WRITE;
        return new Change(operation, shape, shape.read(keys.part(record), value), origin);
    }
}
