package io.sluice.table;

import io.sluice.config.SinkConfig;
import io.sluice.record.RecordException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What no record may be written to, whoever names it: PostgreSQL's own schemas and temporary tables, tables in which Sluice
 * keeps offsets or bad records, and what is no table.
 */
final class ForbiddenTables {
    /**
     * Whether a relation leads to a table of Sluice's own: it is one, a view or a rule writes into one, or the one is a
     * partition or a child of the other. Those of other connectors are known by their columns. Parameters: names of the
     * connector's own tables; the relation; columns of a ledger; columns of a table of bad records.
     */
    private static final String RESERVED = """
            WITH RECURSIVE own (oid) AS (
                SELECT pg_catalog.to_regclass(t.name)::pg_catalog.oid
                FROM pg_catalog.unnest(?::pg_catalog.text[]) AS t (name)
                UNION ALL
                SELECT i.inhparent
                FROM own JOIN pg_catalog.pg_inherits i ON i.inhrelid OPERATOR(pg_catalog.=) own.oid
            ), reached (oid) AS (
                SELECT ?::pg_catalog.oid
                UNION
                SELECT next.oid
                FROM reached CROSS JOIN LATERAL (
                    SELECT d.refobjid AS oid
                    FROM pg_catalog.pg_rewrite w
                    JOIN pg_catalog.pg_depend d
                      ON d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                     AND d.objid OPERATOR(pg_catalog.=) w.oid
                    WHERE w.ev_class OPERATOR(pg_catalog.=) reached.oid
                      AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
                    UNION ALL
                    SELECT i.inhparent FROM pg_catalog.pg_inherits i
                    WHERE i.inhrelid OPERATOR(pg_catalog.=) reached.oid) AS next
            )
            SELECT EXISTS (
                SELECT FROM reached JOIN LATERAL (
                    SELECT pg_catalog.array_agg(a.attname::pg_catalog.text) AS names
                    FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid OPERATOR(pg_catalog.=) reached.oid AND a.attnum OPERATOR(pg_catalog.>) 0
                      AND NOT a.attisdropped) AS columns ON true
                WHERE EXISTS (SELECT FROM own WHERE own.oid OPERATOR(pg_catalog.=) reached.oid)
                   OR columns.names OPERATOR(pg_catalog.@>) ?::pg_catalog.text[]
                   OR columns.names OPERATOR(pg_catalog.@>) ?::pg_catalog.text[])""";

    /** The columns by which a table of offsets is known, and one of bad records, whoever made it. */
    private static final List<String> OFFSETS =
            List.of("id", "topic", "part", "lane", "token", "step", "next_offset", "beyond", "halves");

    private static final List<String> BAD_RECORDS = List.of(
            "connector", "topic", "part", "record_offset", "target", "record_key", "record_value", "record_headers");

    private final List<TableId> own;

    ForbiddenTables(SinkConfig config) {
        this.own = Stream.of(
                        config.delivery().guarantee().usesLedger()
                                ? config.delivery().offsetsTable()
                                : "",
                        config.badRecords().table())
                .filter(name -> !name.isEmpty())
                .map(TableId::parse)
                .toList();
    }

    /**
     * Checks a name that is not taken yet.
     *
     * @param first the schema that a name without one is of
     * @throws RecordException where no record may give a table that name
     */
    void checkNew(TableId id, String first) {
        checkSchema(id.schema().isEmpty() ? first : id.schema());
        refuseOwn(own.stream().anyMatch(table -> table.isSame(id, first)));
    }

    /**
     * Checks a relation.
     *
     * @throws RecordException where no record may be written there
     */
    void check(Connection connection, long oid) throws SQLException {
        refuseOwn(isReserved(connection, oid));
    }

    /** @throws RecordException where the schema is not one for records */
    static void checkSchema(String schema) {
        if (Identifiers.isSystemSchema(schema)) {
            throw systemSchema(schema);
        }
    }

    /** Of a schema that no record may be written to. */
    static RecordException systemSchema(String schema) {
        return new RecordException(
                "its name means one in schema " + schema + ", which is PostgreSQL's own or of temporary tables",
                "Name a table of another schema in table.name.format or topics.to.tables.mapping, or correct the producer");
    }

    private static void refuseOwn(boolean reserved) {
        if (reserved) {
            throw new RecordException(
                    "the table is one in which Sluice keeps offsets or bad records, or leads to such a one, and no record "
                            + "may change it",
                    "Name another table in table.name.format or topics.to.tables.mapping, or correct the producer");
        }
    }

    /** Of a relation of that kind, as {@code pg_class} has it. */
    static RecordException unwritable(String kind) {
        String name = switch (kind) {
            case "v" -> "a view that PostgreSQL cannot write through, and has no INSTEAD OF trigger";
            case "f" -> "a foreign table that takes no rows";
            case "m" -> "a materialized view";
            case "S" -> "a sequence";
            case "i", "I" -> "an index";
            case "c" -> "a composite type";
            case "t" -> "a TOAST table";
            default -> "no table";
        };
        return new RecordException(
                "what has the table's name is " + name,
                "Name a table in table.name.format or topics.to.tables.mapping, or rename the one that is in the way");
    }

    private boolean isReserved(Connection connection, long oid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RESERVED)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", own.stream().map(TableId::sql).toArray()));
            statement.setLong(2, oid);
            statement.setArray(3, connection.createArrayOf("text", OFFSETS.toArray()));
            statement.setArray(4, connection.createArrayOf("text", BAD_RECORDS.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
