package io.sluice.cdc;

import io.sluice.harness.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table under the typed load. Besides its key, which may be empty, and its columns it has a {@code revision}, which
 * changes when nothing else does.
 *
 * @param generated definitions of columns that PostgreSQL fills
 */
record TypedTable(
        String name,
        List<KeyColumn> key,
        List<Column> columns,
        List<String> generated,
        Logged logged,
        Set<Change> changes) {

    /** What PostgreSQL logs of the row before an update or a deletion. */
    enum Logged {
        THE_KEY("DEFAULT"),
        THE_WHOLE_ROW("FULL");

        private final String replicaIdentity;

        Logged(String replicaIdentity) {
            this.replicaIdentity = replicaIdentity;
        }
    }

    static final String SCHEMA = "typed";

    TypedTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        generated = List.copyOf(generated);
        changes = Set.copyOf(changes);
    }

    /** With a {@code bigint} key, and all changes but TRUNCATE. */
    static TypedTable of(String name, Column... columns) {
        return new TypedTable(
                name,
                List.of(KeyColumn.bigint("id")),
                List.of(columns),
                List.of(),
                Logged.THE_KEY,
                Change.ALL_BUT_TRUNCATE);
    }

    TypedTable withKey(KeyColumn... columnsOfKey) {
        return new TypedTable(name, List.of(columnsOfKey), columns, generated, logged, changes);
    }

    TypedTable withChanges(Set<Change> others) {
        return new TypedTable(name, key, columns, generated, logged, others);
    }

    TypedTable withGenerated(String... definitions) {
        return new TypedTable(name, key, columns, List.of(definitions), logged, changes);
    }

    TypedTable with(Column added) {
        List<Column> more = new ArrayList<>(columns);
        more.add(added);
        return new TypedTable(name, key, more, generated, logged, changes);
    }

    String qualifiedName() {
        return SCHEMA + "." + Database.quoted(name);
    }

    /** Two statements. */
    String create() {
        Stream<String> ofKey = key.stream().map(column -> Database.quoted(column.name()) + " " + column.type());
        Stream<String> ofColumns = columns.stream().map(column -> Database.quoted(column.name()) + " " + column.type());
        Stream<String> revision = Stream.of("revision integer NOT NULL DEFAULT 0");
        Stream<String> constraint = key.isEmpty() ? Stream.of() : Stream.of("PRIMARY KEY (" + keyNames() + ")");
        return "CREATE TABLE " + qualifiedName() + " ("
                + Stream.of(ofKey, ofColumns, generated.stream(), revision, constraint)
                        .flatMap(parts -> parts)
                        .collect(Collectors.joining(", "))
                + "); ALTER TABLE " + qualifiedName() + " REPLICA IDENTITY " + logged.replicaIdentity;
    }

    /** Parameters: those of the key, then one a column. */
    String insert() {
        String names = Stream.concat(
                        key.stream().map(KeyColumn::name), columns.stream().map(Column::name))
                .map(Database::quoted)
                .collect(Collectors.joining(", "));
        String casts = Stream.concat(
                        key.stream().map(KeyColumn::castType), columns.stream().map(Column::castType))
                .map(TypedTable::cast)
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + qualifiedName() + " (" + names + ") OVERRIDING SYSTEM VALUE VALUES (" + casts
                + ") ON CONFLICT DO NOTHING";
    }

    /** Parameters: one for each of these columns, then those of the key. */
    String update(List<Column> changed) {
        return "UPDATE " + qualifiedName() + " SET "
                + changed.stream()
                        .map(column -> Database.quoted(column.name()) + " = " + cast(column.castType()))
                        .collect(Collectors.joining(", "))
                + ", revision = revision + 1 WHERE " + keyCondition();
    }

    /** Parameters: those of the new key, then those of the old one. */
    String rekey() {
        return "UPDATE " + qualifiedName() + " SET "
                + key.stream()
                        .map(column -> Database.quoted(column.name()) + " = " + cast(column.castType()))
                        .collect(Collectors.joining(", "))
                + " WHERE " + keyCondition();
    }

    /** Parameters: those of the key. */
    String delete() {
        return "DELETE FROM " + qualifiedName() + " WHERE " + keyCondition();
    }

    /** One row in ten. */
    String touchMany(int remainder) {
        return "UPDATE " + qualifiedName() + " SET revision = revision + 1 WHERE abs(hashtext(ROW(" + keyNames()
                + ")::text)::bigint) % 10 = " + remainder;
    }

    String truncate() {
        return "TRUNCATE " + qualifiedName();
    }

    private String keyNames() {
        return key.stream().map(column -> Database.quoted(column.name())).collect(Collectors.joining(", "));
    }

    private String keyCondition() {
        return key.stream()
                .map(column -> Database.quoted(column.name()) + " = " + cast(column.castType()))
                .collect(Collectors.joining(" AND "));
    }

    private static String cast(String type) {
        return "CAST(? AS " + type + ")";
    }
}
