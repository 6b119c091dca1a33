package io.sluice.record;

import io.sluice.config.DeleteConfig;
import io.sluice.config.IdentifierCase;
import io.sluice.config.KeyMode;
import io.sluice.config.NullHandling;
import io.sluice.config.RecordConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Turns records into changes. Belongs to the task thread. */
public final class RecordDecoder {
    private static final @Nullable Object[] NO_VALUES = new @Nullable Object[0];

    private final DeleteConfig deletes;
    private final boolean keyInValue;
    private final boolean documents;
    private final Housekeeping housekeeping;
    private final Envelopes envelopes;
    private final KeySource keys;
    private final ValueShapes values;
    private final ValueShapes rowsOfEvents;
    private final ColumnNames.OfTopics names;
    private final ShapeCache shapes;
    /** Of rows that are gone: what is not in the record key may be in the row before. */
    private final ShapeCache shapesOfDeletes;

    private final boolean keyOfTable;
    private final UnavailableValues unavailable;
    private final ValueShapes rowsBefore;
    private final MovedKeys movedKeys;

    public RecordDecoder(RecordConfig config, IdentifierCase identifierCase) {
        this.deletes = config.deletes();
        this.keyInValue = config.keys().mode() == KeyMode.RECORD_VALUE;
        this.documents = !config.fields().documentColumn().isEmpty();
        this.housekeeping = new Housekeeping(config.format());
        this.envelopes = new Envelopes(config.format());
        this.keys = KeySource.of(config);
        this.values = new ValueShapes(config.fields(), config.fields().nulls());
        // A null in a change event is a null in the source's table.
        this.rowsOfEvents = new ValueShapes(config.fields(), NullHandling.NULL);
        this.names = new ColumnNames.OfTopics(config.fields(), config.keys(), identifierCase);
        this.shapes = new ShapeCache(config.keys(), false);
        this.shapesOfDeletes = new ShapeCache(config.keys(), true);
        this.keyOfTable = config.keys().mode() == KeyMode.AUTO;
        PartialShapes partials = new PartialShapes();
        this.unavailable = new UnavailableValues(config.fields().unavailableValue(), partials);
        // Beside those of the rows after, so that both are found again at once.
        this.rowsBefore = new ValueShapes(config.fields(), NullHandling.NULL);
        this.movedKeys = new MovedKeys(unavailable, partials);
    }

    /**
     * What the record asks for, in order: nothing, one change, or two where a row gets another key, or may get one while
     * the key of its table is not known.
     *
     * @param tables tells the key where the table decides it
     * @throws RecordException where it cannot become a row
     */
    public List<Change> decode(SinkRecord record, Origin origin, TableKeys tables) {
        Object value = record.value();
        if (value == null) {
            return tombstone(record, origin);
        }
        if (housekeeping.is(record)) {
            return List.of();
        }
        if (!documents && SchemaAndPayload.is(value)) {
            throw SchemaAndPayload.problem("value");
        }
        Optional<Envelope> envelope = envelopes.of(value);
        return envelope.isPresent()
                ? event(record, envelope.get(), value, origin, tables)
                : List.of(write(record, values, value, origin));
    }

    /** A record without a value. Where the key is in the value, it says of no row what is to become of it. */
    private List<Change> tombstone(SinkRecord record, Origin origin) {
        return deletes.deletes() && !keyInValue ? List.of(delete(record, Optional.empty(), origin)) : List.of();
    }

    private List<Change> event(SinkRecord record, Envelope envelope, Object value, Origin origin, TableKeys tables) {
        String operation = envelope.operation(value);
        return switch (operation) {
            case "c", "r" -> List.of(write(record, rowsOfEvents, after(envelope, value), origin));
            case "u" -> update(record, envelope, value, origin, tables);
            case "d" -> deletes.deletes() ? List.of(delete(record, envelope.before(value), origin)) : List.of();
            case "t" ->
                deletes.truncates()
                        ? List.of(new Change(Change.Operation.TRUNCATE, RowShape.NOTHING, NO_VALUES, origin))
                        : List.of();
            case "m" -> List.of();
            default ->
                throw new RecordException(
                        "the change event's op is none of c, r, u, d, t and m",
                        "Correct the producer, or set record.format to struct");
        };
    }

    private static Object after(Envelope envelope, Object value) {
        return envelope.after(value)
                .orElseThrow(() -> new RecordException(
                        "the change event has no row in its field \"after\"", "Correct the producer"));
    }

    /**
     * An update. A source splits it in two when it changes the record's key, but not when it changes another key, which the
     * table or the configuration may have.
     */
    private List<Change> update(SinkRecord record, Envelope envelope, Object value, Origin origin, TableKeys tables) {
        Object after = after(envelope, value);
        Change write = write(record, rowsOfEvents, after, origin);
        if (!deletes.deletes() || !(keyInValue || keyOfTable)) {
            return List.of(write);
        }
        Object before = envelope.before(value).orElse(null);
        if (!(before instanceof Struct || before instanceof Map)) {
            return List.of(write);
        }
        Optional<List<String>> key = keyInValue ? Optional.of(write.shape().keyNames()) : tables.of(record);
        PartShape shape = rowsBefore.of(before, null, names.of(record.topic()));
        if (key.isPresent() && !movedKeys.mayDiffer(write, shape, before, key.get())) {
            return List.of(write);
        }
        return moved(write, delete(record, Optional.of(before), origin), unsent(record, after, write.shape()), key);
    }

    private List<Change> moved(Change write, Change candidate, String unsent, Optional<List<String>> key) {
        Move move = new Move(movedKeys, candidate, write, unsent);
        if (key.isEmpty()) {
            return List.of(candidate.halfOf(move), write.halfOf(move));
        }
        return move.deletion(key.get())
                .map(deletion -> List.of(deletion, write))
                .orElse(List.of(write));
    }

    /** The first column that is not written because the source has not sent its value; empty where there is none. */
    private String unsent(SinkRecord record, Object after, RowShape written) {
        RowShape whole = shape(record, rowsOfEvents, after);
        return whole.fields().stream()
                .filter(field -> field.role() == Field.Role.VALUE && whole != written)
                .map(Field::name)
                .filter(name -> written.indexOf(name) < 0)
                .findFirst()
                .orElse("");
    }

    private RowShape shape(SinkRecord record, ValueShapes valueShapes, Object value) {
        ColumnNames columns = names.of(record.topic());
        PartShape valueShape = valueShapes.of(value, record.valueSchema(), columns);
        return shapes.join(columns, keys.shape(record), valueShape);
    }

    private Change write(SinkRecord record, ValueShapes valueShapes, Object value, Origin origin) {
        RowShape shape = shape(record, valueShapes, value);
        @Nullable Object[] row = shape.read(keys.part(record), value);
        return unavailable.leaveOut(shape, row, origin);
    }

    /**
     * A deletion by the record key, or by the row as it was where the record has no key or the configuration takes the key
     * from the value. Where the table decides, it is by both: the row gives what the record key has not, but not more, since
     * a source may know no more of it than its own key.
     */
    private Change delete(SinkRecord record, Optional<Object> before, Origin origin) {
        PartShape keyShape = keys.shape(record);
        boolean byRow = keyShape == PartShape.EMPTY;
        Object row = byRow || keyOfTable ? before.orElse(null) : null;
        if (byRow && row == null) {
            throw new RecordException(
                    "the record has neither a key nor a row, so it says of no row that it is to be deleted",
                    "Produce deletions with their keys, or set delete.enabled to false to skip them");
        }
        ColumnNames columns = names.of(record.topic());
        PartShape valueShape = row == null
                ? PartShape.EMPTY
                : rowsOfEvents.of(row, row instanceof Struct s ? s.schema() : null, columns);
        ShapeCache cache = byRow ? shapes : shapesOfDeletes;
        RowShape shape = cache.join(columns, keyShape, valueShape);
        return new Change(Change.Operation.DELETE, shape, shape.read(keys.part(record), row), origin);
    }
}
