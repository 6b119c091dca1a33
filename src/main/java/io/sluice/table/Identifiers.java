package io.sluice.table;

import io.sluice.record.RecordException;
import java.nio.charset.StandardCharsets;

/** Names in SQL. Every identifier that goes into a statement comes through here. */
public final class Identifiers {
    /** PostgreSQL cuts longer names off, and two that differ only after that would become one. */
    private static final int LONGEST_BYTES = 63;

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
        if (name.indexOf('\0') >= 0 || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            throw new RecordException(
                    "a field or table has a name that is longer than PostgreSQL's " + LONGEST_BYTES
                            + " bytes or holds U+0000",
                    "Rename it in the producer or with a transformation");
        }
    }
}
