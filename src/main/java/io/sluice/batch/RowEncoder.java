package io.sluice.batch;

import io.sluice.record.Change;
import io.sluice.record.RecordException;
import io.sluice.type.ColumnCodec;
import io.sluice.type.RowBuffer;
import io.sluice.type.UnfitValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes rows of one shape for one table. Immutable, and free of decisions: one call of a codec for each value. */
final class RowEncoder {
    private static final Logger LOG = LoggerFactory.getLogger(RowEncoder.class);

    /** The place of a column for which the shape has no field: it gets NULL. */
    static final int NO_FIELD = -1;

    private final ColumnSet columns;
    private final int[] fields;
    private final ColumnCodec[] codecs;
    private final int keyCount;
    private final int requiredKeys;

    /**
     * @param fields for each column the index of its field in the shape, or {@link #NO_FIELD}
     * @param requiredKeys how many columns, from the first, must not be null
     */
    RowEncoder(ColumnSet columns, int[] fields, List<ColumnCodec> codecs, int requiredKeys) {
        this.columns = columns;
        this.fields = fields;
        this.codecs = codecs.toArray(ColumnCodec[]::new);
        this.keyCount = columns.keyCount();
        this.requiredKeys = requiredKeys;
    }

    ColumnSet columns() {
        return columns;
    }

    /**
     * Appends the change's row and returns where its key ends.
     *
     * @throws RecordException where a value does not fit; the buffer is as it was before
     */
    int encode(Change change, RowBuffer out) {
        int start = out.length();
        int column = 0;
        try {
            out.startRow(fields.length);
            for (; column < keyCount; column++) {
                write(column, change, out);
            }
            int keyEnd = out.length();
            for (; column < fields.length; column++) {
                write(column, change, out);
            }
            return keyEnd;
        } catch (UnfitValueException e) {
            out.truncate(start);
            throw new RecordException("column \"" + name(column) + "\": " + e.getMessage(), e.remedy());
        } catch (RuntimeException e) {
            // A Struct may lack what the name of its schema promises, which shows in many ways. The message may quote
            // it.
            LOG.debug("A value of column {} cannot be encoded: {}", name(column), e.getClass());
            out.truncate(start);
            throw new RecordException(
                    "column \"" + name(column) + "\": the value is not what the record's schema says",
                    "Correct the producer or the converter");
        }
    }

    private void write(int column, Change change, RowBuffer out) {
        int field = fields[column];
        @Nullable Object value = field == NO_FIELD ? null : change.value(field);
        if (value == null) {
            requireNullable(column);
            out.nullField();
        } else {
            codecs[column].write(value, out);
        }
    }

    private void requireNullable(int column) {
        if (column < requiredKeys) {
            throw new UnfitValueException(
                    "it is a part of the key, and the record has no value for it",
                    "Produce the field with every record, or choose other key fields with pk.mode and pk.fields");
        }
    }

    private String name(int column) {
        return columns.columns().get(column).name();
    }
}
