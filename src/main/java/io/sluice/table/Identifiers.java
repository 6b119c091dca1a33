package io.sluice.table;

import io.sluice.record.RecordException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Names in SQL. Every identifier that goes into a statement comes through here. */
public final class Identifiers {
    /** PostgreSQL cuts longer names off, and two that differ only after that would become one. */
    private static final int LONGEST_BYTES = 63;

    private static final int MOST_SHOWN = 80;

    /** Source: PostgreSQL's documentation, "System Columns". */
    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    private Identifiers() {}

    /**
     * The name in double quotes.
     *
     * @throws RecordException where PostgreSQL has no place for the name
     */
    public static String quote(String name) {
        check(name);
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * Checks that the name can be one in PostgreSQL.
     *
     * @throws RecordException where it cannot
     */
    static void check(String name) {
        if (name.isEmpty()) {
            throw new RecordException(
                    "a field or table has an empty name, which is no name in SQL",
                    "Name it in the producer or with a transformation");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_BYTES) {
            throw new RecordException(
                    "the name \"" + shown(name) + "\" has " + bytes + " bytes, and PostgreSQL's names of tables and "
                            + "columns have at most " + LONGEST_BYTES + " bytes",
                    "Give a field's column another name with fields.rename, or a topic's table with "
                            + "topics.to.tables.mapping");
        }
        if (name.indexOf('\0') >= 0) {
            throw new RecordException(
                    "the name \"" + name + "\" of a field or table holds U+0000, which no name in PostgreSQL may",
                    "Rename it in the producer or with a transformation");
        }
    }

    /**
     * Checks that a column may be made of that name.
     *
     * @throws RecordException where it may not
     */
    static void checkColumn(String name) {
        check(name);
        if (SYSTEM_COLUMNS.contains(name)) {
            throw new RecordException(
                    "every table of PostgreSQL has a system column \"" + name
                            + "\", and can have no other of that name",
                    "Give the field's column another name with fields.rename");
        }
    }

    /** Whether a schema is PostgreSQL's own, or one of temporary tables. All names with this prefix are reserved. */
    static boolean isSystemSchema(String name) {
        return name.startsWith("pg_") || name.equals("information_schema");
    }

    private static String shown(String name) {
        return name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "…" : name;
    }
}
