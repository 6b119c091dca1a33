package io.sluice.table;

import io.sluice.config.InsertMode;
import io.sluice.config.KeyMode;
import io.sluice.record.Field;
import io.sluice.record.RecordException;
import io.sluice.record.RowShape;
import io.sluice.record.SchemaAndPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides which fields of a shape go into a table, and which of them are the key. */
public final class KeyRule {
    private final KeyMode mode;
    private final InsertMode insertMode;

    public KeyRule(KeyMode mode, InsertMode insertMode) {
        this.mode = mode;
        this.insertMode = insertMode;
    }

    /** Whether the table has to be known before the key is. */
    public boolean needsTable() {
        return mode == KeyMode.AUTO;
    }

    /** Whether rows have a key at all. */
    public boolean hasKey() {
        return mode != KeyMode.NONE;
    }

    /**
     * The layout where the configuration alone decides it.
     *
     * @throws RecordException where the record lacks a key
     */
    public RowLayout layout(RowShape shape) {
        return checked(RowLayout.ofRoles(shape), "");
    }

    /**
     * The layout for a table.
     *
     * @param table what is there; empty where the table is yet to be created
     * @throws RecordException where the record lacks a part of the key
     */
    public RowLayout layout(RowShape shape, Optional<TableSchema> table) {
        if (mode != KeyMode.AUTO) {
            return layout(shape);
        }
        List<RowLayout.Entry> candidates = RowLayout.entries(shape, Field.Role.KEY_CANDIDATE);
        List<RowLayout.Entry> others = RowLayout.entries(shape, Field.Role.VALUE_CANDIDATE);
        List<RowLayout.Entry> values = RowLayout.entries(shape, Field.Role.VALUE);
        List<RowLayout.Entry> key =
                table.isEmpty() ? named(candidates) : primaryKey(table.get().primaryKey(), values, others, candidates);
        return checked(
                RowLayout.keyFirst(key, values),
                table.map(TableSchema::keys).map(TableSchema.Keys::whyUnfit).orElse(""));
    }

    /** @param unfit why keys that the table has are none, for the message */
    private RowLayout checked(RowLayout layout, String unfit) {
        if (layout.keyCount() == 0 && insertMode != InsertMode.INSERT) {
            throw new RecordException(
                    mode == KeyMode.AUTO
                            ? "there is no key: the table has no primary key" + unfit
                                    + ", or it is missing and the record has no key"
                            : "the record has no key field",
                    "Add a primary key to the table, set pk.mode and pk.fields, or use insert.mode=insert");
        }
        return layout;
    }

    private static List<RowLayout.Entry> named(List<RowLayout.Entry> candidates) {
        if (SchemaAndPayload.describes(fields(candidates))) {
            throw SchemaAndPayload.problem("key");
        }
        if (candidates.stream().anyMatch(candidate -> candidate.column().isEmpty())) {
            throw new RecordException(
                    "the record's key is one value without fields, which gives the new table's key column no name",
                    "Set pk.fields to the column's name, or create the table with a primary key");
        }
        return candidates;
    }

    private static List<RowLayout.Entry> primaryKey(
            List<String> columns,
            List<RowLayout.Entry> values,
            List<RowLayout.Entry> others,
            List<RowLayout.Entry> candidates) {
        List<RowLayout.Entry> key = new ArrayList<>();
        for (String column : columns) {
            key.add(find(column, values)
                    .or(() -> find(column, candidates))
                    .or(() -> find(column, others))
                    .or(() -> primitive(column, columns, candidates))
                    .orElseThrow(() -> missing(column, candidates)));
        }
        return key;
    }

    private static RecordException missing(String column, List<RowLayout.Entry> candidates) {
        return SchemaAndPayload.describes(fields(candidates))
                ? SchemaAndPayload.problem("key")
                : new RecordException(
                        "neither the record's value nor its key has a field \"" + column
                                + "\", which is a part of the table's primary key",
                        "Produce the field, or name the key with pk.mode and pk.fields");
    }

    private static List<Field> fields(List<RowLayout.Entry> entries) {
        return entries.stream().map(RowLayout.Entry::field).toList();
    }

    private static Optional<RowLayout.Entry> find(String column, List<RowLayout.Entry> entries) {
        return entries.stream().filter(entry -> entry.column().equals(column)).findFirst();
    }

    /** A primitive record key stands for the one column of the primary key, whatever its name. */
    private static Optional<RowLayout.Entry> primitive(
            String column, List<String> columns, List<RowLayout.Entry> candidates) {
        return columns.size() == 1
                        && candidates.size() == 1
                        && candidates.get(0).column().isEmpty()
                ? Optional.of(new RowLayout.Entry(
                        column, candidates.get(0).index(), candidates.get(0).field()))
                : Optional.empty();
    }
}
