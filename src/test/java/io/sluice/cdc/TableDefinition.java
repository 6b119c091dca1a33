package io.sluice.cdc;

import io.sluice.harness.Database;
import java.util.List;
import java.util.function.Predicate;

/** A table as the catalog has it. The key is empty where the table has none. */
record TableDefinition(String schema, String name, List<String> key, List<String> columns) {

    private static final String TABLES = "SELECT schemaname, tablename FROM pg_tables"
            + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2";
    private static final String COLUMNS = "SELECT attname::text FROM pg_attribute"
            + " WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped ORDER BY attnum";
    private static final String KEY = "SELECT a.attname::text FROM pg_index i"
            + " CROSS JOIN unnest(i.indkey::int[]) WITH ORDINALITY AS k (attnum, position)"
            + " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum"
            + " WHERE i.indrelid = to_regclass(?) AND i.indisprimary ORDER BY k.position";

    TableDefinition {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** All tables of a database that are not the server's own, as far as their names with the schema are wanted. */
    static List<TableDefinition> allOf(Database database, Predicate<String> wanted) {
        return database.rows(TABLES).stream()
                .filter(row -> wanted.test(row.get(0) + "." + row.get(1)))
                .map(row -> of(database, String.valueOf(row.get(0)), String.valueOf(row.get(1))))
                .toList();
    }

    /** The table of this name; without any column where there is none. */
    static TableDefinition of(Database database, String schema, String name) {
        String quoted = Database.quoted(schema) + "." + Database.quoted(name);
        return new TableDefinition(schema, name, texts(database, KEY, quoted), texts(database, COLUMNS, quoted));
    }

    String qualifiedName() {
        return schema + "." + name;
    }

    String quotedName() {
        return Database.quoted(schema) + "." + Database.quoted(name);
    }

    private static List<String> texts(Database database, String query, String parameter) {
        return database.column(query, parameter).stream().map(String::valueOf).toList();
    }
}
