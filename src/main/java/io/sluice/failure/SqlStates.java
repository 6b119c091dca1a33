package io.sluice.failure;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Words for the SQLSTATEs that users meet. Source of the conditions: PostgreSQL's documentation, appendix A,
 * "PostgreSQL Error Codes".
 */
final class SqlStates {
    private static final Map<String, String> CONDITIONS = Map.ofEntries(
            Map.entry("08001", "PostgreSQL cannot be reached"),
            Map.entry("22001", "a text is longer than the column allows"),
            Map.entry("22003", "a number is out of the column's range"),
            Map.entry("22007", "a date or time is malformed"),
            Map.entry("22008", "a date or time is out of range"),
            Map.entry("22021", "a text holds a character that the database's encoding lacks"),
            Map.entry("22P02", "a text is not in the form of the column's type"),
            Map.entry("22P03", "a value is not in the binary form of the column's type"),
            Map.entry("22P05", "a text holds a character that the type cannot hold"),
            Map.entry("23502", "a column that is NOT NULL got no value"),
            Map.entry("23503", "it refers to a row that does not exist, a violation"),
            Map.entry("23505", "there is a row with that key already, a violation"),
            Map.entry("23514", "it violates a check"),
            Map.entry("23P01", "it violates an exclusion"),
            Map.entry("42501", "the role lacks a privilege"),
            Map.entry("54000", "the row, or an entry of an index, is larger than PostgreSQL can hold"),
            Map.entry("54001", "a value is nested deeper than PostgreSQL can read"),
            Map.entry("54011", "the table would have more than 1600 columns"),
            Map.entry("XX000", "the server or an extension failed over it"));

    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("22001", "Make the column wider, or shorten the field with a transformation"),
            Map.entry("22003", "Make the column's type wider, or correct the producer"),
            Map.entry("23502", "Produce the field, give the column a default, or drop its NOT NULL"),
            Map.entry("23503", "Write the referenced topic first, or make the constraint deferrable"),
            Map.entry("23505", "Use insert.mode=upsert to update rows that are there already, or correct the producer"),
            Map.entry("23514", "Correct the producer, or change the constraint"),
            Map.entry("28000", "Correct connection.user and pg_hba.conf, then restart the task"),
            Map.entry("28P01", "Correct connection.user and connection.password, then restart the task"),
            Map.entry("XX000", "Correct the producer if it is a value's fault, or mend the cause on the server"),
            Map.entry("3D000", "Correct the database's name in connection.url, or create it, then restart the task"),
            Map.entry(
                    "42501",
                    "Grant the role SELECT, INSERT, UPDATE and DELETE on the table and USAGE on its schema (CREATE on the "
                            + "schema for auto.create, TEMPORARY on the database for write.method=copy), then restart "
                            + "the task"));

    /** The classes of appendix A. */
    private static final Set<String> CLASSES = Set.of(
            "00", "01", "02", "03", "08", "09", "0A", "0B", "0F", "0L", "0P", "0Z", "10", "20", "21", "22", "23", "24",
            "25", "26", "27", "28", "2B", "2D", "2F", "34", "38", "39", "3B", "3D", "3F", "40", "42", "44", "53", "54",
            "55", "57", "58", "72", "F0", "HV", "P0", "XX");

    private SqlStates() {}

    /** Whether PostgreSQL gives such a SQLSTATE itself, and not only triggers and functions. */
    static boolean isOfPostgres(String state) {
        return state.length() >= 2 && CLASSES.contains(state.substring(0, 2));
    }

    /** What happened, in words that quote no value. */
    static String describe(@Nullable String state) {
        if (state == null) {
            return "PostgreSQL cannot be reached";
        }
        String known = CONDITIONS.get(state);
        if (known != null) {
            return known;
        }
        return switch (state.substring(0, 2)) {
            case "08" -> "the connection is lost";
            case "22" -> "a value does not fit its column";
            case "23" -> "it violates a constraint";
            case "53" -> "the server is out of a resource";
            case "57" -> "the server was told to stop the work";
            case "P0" -> "a trigger or function raised an error";
            default -> "the statement failed";
        };
    }

    /** What to do, as a sentence without its full stop. */
    static String remedy(@Nullable String state) {
        String known = state == null ? null : REMEDIES.get(state);
        if (known != null) {
            return known;
        }
        return switch (state == null ? "" : state.substring(0, 2)) {
            case "22", "23", "44", "54", "P0" ->
                "Correct the producer, change the table, or drop the record with a "
                        + "transformation, then restart the task";
            default -> "Mend the cause on the server, then restart the task";
        };
    }
}
