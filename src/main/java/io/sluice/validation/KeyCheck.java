package io.sluice.validation;

import io.sluice.config.FieldConfig;
import io.sluice.config.FieldRename;
import io.sluice.config.InsertMode;
import io.sluice.config.KeyConfig;
import io.sluice.config.KeyMode;
import io.sluice.config.SinkConfig;
import io.sluice.config.WriteConfig;
import io.sluice.table.Identifiers;
import io.sluice.table.TableSchema;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a table has the key, and the other columns, that the configuration names outright. */
final class KeyCheck {
    private final SinkConfig config;
    private final Target target;
    private final Findings findings;

    KeyCheck(SinkConfig config, Target target, Findings findings) {
        this.config = config;
        this.target = target;
        this.findings = findings;
    }

    void check(TableSchema table) {
        KeyMode mode = config.records().keys().mode();
        if (mode == KeyMode.AUTO) {
            checkPrimaryKey(table);
        } else {
            checkKeyColumns(table, keyColumns(mode));
        }
        checkColumn(
                table, WriteConfig.VERSION_COLUMN, config.writes().conditions().versionColumn());
        checkColumn(
                table, FieldConfig.DOCUMENT_COLUMN, config.records().fields().documentColumn());
    }

    private void checkPrimaryKey(TableSchema table) {
        boolean keyIsNeeded = config.writes().insertMode() != InsertMode.INSERT
                || config.records().deletes().deletes();
        if (keyIsNeeded && table.primaryKey().isEmpty()) {
            findings.add(
                    KeyConfig.MODE,
                    "auto takes the key from the primary key, and " + target + " has none"
                            + table.keys().whyUnfit() + ". Name the key with pk.mode "
                            + "and pk.fields, or: ALTER TABLE " + table.id().sql() + " ADD PRIMARY KEY (…);");
        }
    }

    /** The columns of the key; empty where only the records name them. */
    private List<String> keyColumns(KeyMode mode) {
        List<String> fields = config.records().keys().fields();
        return switch (mode) {
            case AUTO, NONE -> List.of();
            case KAFKA -> fields.isEmpty() ? KeyConfig.KAFKA_COLUMNS : fields;
            case RECORD_KEY, RECORD_VALUE, RECORD_HEADER ->
                fields.stream().map(this::column).toList();
        };
    }

    private void checkKeyColumns(TableSchema table, List<String> columns) {
        String key = config.records().keys().fields().isEmpty() ? KeyConfig.MODE : KeyConfig.FIELDS;
        List<String> missing = columns.stream()
                .filter(column -> table.column(column).isEmpty())
                .toList();
        boolean upsert = config.writes().insertMode() == InsertMode.UPSERT;
        if (!missing.isEmpty()) {
            if (upsert || !config.tables().autoEvolve()) {
                findings.add(
                        key,
                        target + " has no column " + names(missing) + ". Correct the names, or: ALTER TABLE "
                                + table.id().sql() + " ADD COLUMN " + names(missing.subList(0, 1)) + " …, ADD PRIMARY "
                                + "KEY (" + names(columns) + ");");
            }
        } else if (upsert
                && !columns.isEmpty()
                && table.kind() == TableSchema.Kind.TABLE
                && !table.isUnique(new HashSet<>(columns))) {
            findings.add(
                    key,
                    target + " has no unique constraint on exactly the columns " + names(columns)
                            + ", which an upsert needs"
                            + table.keys().whyUnfit() + ". ALTER TABLE "
                            + table.id().sql()
                            + (table.primaryKey().isEmpty() ? " ADD PRIMARY KEY (" : " ADD UNIQUE (") + names(columns)
                            + ");");
        }
    }

    private void checkColumn(TableSchema table, String key, String column) {
        boolean there = column.isEmpty()
                || table.column(column).isPresent()
                || table.column(fold(column)).isPresent();
        if (!there && !config.tables().autoEvolve()) {
            findings.add(
                    key,
                    target + " has no column " + names(List.of(column)) + ". Correct the name, or: ALTER TABLE "
                            + table.id().sql() + " ADD COLUMN " + names(List.of(column))
                            + (key.equals(FieldConfig.DOCUMENT_COLUMN) ? " jsonb;" : " bigint;"));
        }
    }

    /** The column of a field; a rule for the topic wins over one for all of them. */
    private String column(String field) {
        return fold(rename(field, target.topic(), rename(field, "", field)));
    }

    private String rename(String field, String topic, String otherwise) {
        return config.records().fields().renames().stream()
                .filter(rename -> rename.topic().equals(topic) && rename.from().equals(field))
                .map(FieldRename::to)
                .findFirst()
                .orElse(otherwise);
    }

    private String fold(String name) {
        return config.tables().names().identifierCase().fold(name);
    }

    private static String names(List<String> columns) {
        return columns.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    }
}
