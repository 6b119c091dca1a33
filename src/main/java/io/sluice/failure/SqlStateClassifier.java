package io.sluice.failure;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each SQLSTATE its verdict. Source: PostgreSQL's documentation, appendix A, "PostgreSQL Error Codes".
 *
 * <p>Errors without a SQLSTATE come from the driver or the pool, when no connection is to be had: they pass.
 */
public final class SqlStateClassifier {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private SqlStateClassifier() {}

    /** What the error means. */
    public static Verdict classify(SQLException error) {
        return classify(error.getSQLState());
    }

    /**
     * Whether a smaller transaction might have passed: a deadlock, a lock or a time limit, or a resource that the server
     * is out of.
     */
    public static boolean isStrain(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.startsWith("53")
                || Set.of("40P01", LOCK_NOT_AVAILABLE, "57014").contains(state);
    }

    /** Whether a lock was not to be had in time. */
    public static boolean isLocked(SQLException error) {
        return LOCK_NOT_AVAILABLE.equals(error.getSQLState());
    }

    /**
     * Whether there is no server to be had that can be written to: no connection, one that is shutting down, starting or
     * full, or a standby.
     */
    public static boolean isUnreachable(SQLException error) {
        String state = error.getSQLState();
        return state == null
                || state.startsWith("08")
                || Set.of("57P01", "57P02", "57P03", "53300", "25006").contains(state);
    }

    /**
     * Whether a server, or a pooler before it, has no connection left to give. PgBouncer says so with a protocol violation and
     * these words, which hold no value.
     */
    public static boolean isFull(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.equals("53300")
                || (state.equals("08P01")
                        && String.valueOf(error.getMessage()).contains("no more connections allowed"));
    }

    /** What the SQLSTATE means; null is an error without one. */
    public static Verdict classify(@Nullable String state) {
        if (state == null || state.length() != 5) {
            return Verdict.TRANSIENT;
        }
        return switch (state) {
            // Objects that are not there, not what they were, or there already because somebody else was faster.
            case "42P01", "42703", "42P10", "42804", "42704", "3F000", "26000", "42P07", "42701", "42710" ->
                Verdict.SCHEMA_CHANGED;
            // An internal error is most often that of a table or a plan that changed underneath: once more, and no
            // more.
            case "XX000" -> Verdict.SCHEMA_CHANGED;
            // "Cached plan must not change result type" is a feature not supported; so is COPY under row security.
            case "0A000" -> Verdict.SCHEMA_CHANGED;
            case "23503" -> Verdict.PARENT_MISSING;
            // Two rows of one batch have one key in PostgreSQL's eyes: apart they are fine.
            case "21000" -> Verdict.BAD_RECORD;
            // A generated column was given a value, or a value does not fit an expression of the table's own.
            case "428C9" -> Verdict.SCHEMA_CHANGED;
            // A database that has been dropped stays away, other than a server that is shutting down or starting.
            case "57P04" -> Verdict.FATAL;
            // Idle in transaction and transaction timeouts end the session: the next one may do.
            case "25P03", "25P04" -> Verdict.TRANSIENT;
            // A relation that nobody can write to as it is: a view that is not simple, for example.
            case "55000" -> Verdict.FATAL;
            // A read-only server: a standby that may be promoted, or another host of the URL that will be.
            case "25006" -> Verdict.TRANSIENT;
            default -> classifyClass(state.substring(0, 2));
        };
    }

    private static Verdict classifyClass(String sqlClass) {
        return switch (sqlClass) {
            // 08 connection, 40 rollback (deadlock, serialization), 53 resources (disk, memory, connections),
            // 55 object not in the needed state (locks), 57 operator intervention, 58 system error.
            case "08", "40", "53", "55", "57", "58" -> Verdict.TRANSIENT;
            // 22 data, 23 integrity constraint, 44 WITH CHECK OPTION, P0 an error that a trigger raised.
            // 54 a limit that one record exceeds: a row or an index entry too large, too many columns.
            case "22", "23", "44", "54", "P0", "09", "27", "38", "39" -> Verdict.BAD_RECORD;
            default -> Verdict.FATAL;
        };
    }
}
