package io.sluice.type;

/** Writes the values of one field into one column. Chosen once per shape and table; called once per value. */
@FunctionalInterface
public interface ColumnCodec {
    /**
     * Writes one field: its length and its bytes.
     *
     * @param value of the class that the field's type names; never null
     * @throws UnfitValueException where the column cannot hold the value
     */
    void write(Object value, RowBuffer out);
}
