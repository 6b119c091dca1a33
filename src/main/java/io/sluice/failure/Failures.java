package io.sluice.failure;

import io.sluice.record.Origin;
import io.sluice.record.RecordException;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The messages of failures. What PostgreSQL says of a value quotes it, so such text never gets through. */
public final class Failures {
    private static final String CHECK_VIOLATION = "23514";

    /** Source: {@code exec_stmt_raise} in pl_exec.c. */
    private static final String RAISE = "exec_stmt_raise";

    private Failures() {}

    /** A record that cannot become a row. */
    public static BadRecordException badRecord(Origin origin, String table, RecordException problem) {
        String place = table.isEmpty() ? "" : ", table " + table;
        return new BadRecordException(
                "Cannot write the record at " + origin + place + ": " + problem.getMessage() + ". " + problem.remedy()
                        + ".",
                table,
                null);
    }

    /**
     * A record that PostgreSQL refuses.
     *
     * @param column the column to blame, where it is known and PostgreSQL does not say it
     */
    public static BadRecordException refused(Origin origin, String table, Optional<String> column, SQLException error) {
        Refusal refusal = Refusal.of(error);
        String blamed = column.or(refusal::column)
                .map(name -> ", column \"" + name + "\"")
                .orElse("");
        // A partitioned table has the SQLSTATE of a check for it, and no constraint.
        String constraint = refusal.constraint()
                .map(name -> " of constraint \"" + name + "\"")
                .orElse(CHECK_VIOLATION.equals(error.getSQLState()) ? ", or the table has no partition for it" : "");
        return new BadRecordException(
                "Cannot write the record at " + origin + ", table " + table + blamed + ": PostgreSQL refuses it, "
                        + SqlStates.describeRow(error.getSQLState()) + constraint + " (SQLSTATE "
                        + error.getSQLState() + "). " + SqlStates.remedyRow(error.getSQLState()) + ".",
                table,
                error.getSQLState());
    }

    /** A record with a value that must be unique and that another row has. */
    public static BadRecordException valueTaken(Origin origin, String table, SQLException error) {
        String constraint = Refusal.of(error)
                .constraint()
                .map(name -> "constraint \"" + name + "\"")
                .orElse("a unique or an exclusion constraint");
        return new BadRecordException(
                "Cannot write the record at " + origin + ", table " + table
                        + ": PostgreSQL refuses it, another row has a value that " + constraint
                        + " allows only once, and no record gave it up in time (SQLSTATE " + error.getSQLState()
                        + "). Correct the producer or drop the constraint; where rows hand such values on to one another, "
                        + "keep them in one topic partition and set write.ordering=partition, or make the constraint "
                        + "DEFERRABLE INITIALLY DEFERRED where they swap them.",
                table,
                error.getSQLState());
    }

    /** A record that was bad and cannot even be written down as such. */
    public static SinkException letterRefused(Origin origin, SQLException error) {
        return new SinkException("Cannot write the bad record at " + origin + " into errors.table: " + text(error)
                + ". Make the table as src/docs/bad-records.md shows, or rename it, so that it is created again.");
    }

    /** A dead letter queue that does not take a record. */
    public static SinkException notReported(Origin origin, Throwable cause) {
        return new SinkException("Cannot report the bad record at " + origin + " to Connect's dead letter queue: "
                + rootName(cause) + ". Mend errors.deadletterqueue.topic.name, then restart the task.");
    }

    /** A failure that no retry mends. */
    public static SinkException fatal(Origin origin, String table, SQLException error) {
        String remedy = error instanceof DefinitionException
                ? SqlStates.definitionRemedy(error.getSQLState())
                : SqlStates.remedy(error.getSQLState());
        return new SinkException(
                "Cannot write table " + table + " from " + origin + " on: " + text(error) + ". " + remedy + ".");
    }

    /** A table that a crash of the server empties, while the offsets stay. */
    public static SinkException unlogged(Origin origin, String table) {
        return new SinkException("Cannot write table " + table + " from " + origin
                + " on exactly once: it is UNLOGGED, so that a crash of the server empties it and the offsets stay. ALTER TABLE "
                + table + " SET LOGGED; or set delivery.guarantee to at_least_once.");
    }

    /** The table of the offsets, where no retry helps. */
    public static SinkException offsets(SQLException error) {
        return new SinkException("Cannot read or write the table of the offsets: " + text(error) + ". "
                + SqlStates.remedy(error.getSQLState()) + ".");
    }

    /** A topic that delivers offsets which it has delivered before. */
    public static SinkException startedOver(TopicPartition partition, long offset, long stored) {
        return new SinkException("Topic partition " + partition + " delivers offset " + offset
                + ", but PostgreSQL has all before offset " + stored
                + ": the topic was deleted and made again, or cut. Set exactly.once.on.mismatch to restart to take what it "
                + "holds as new, or to skip to leave out what is before that offset; or set the connector's offsets with "
                + "PATCH /connectors/<name>/offsets.");
    }

    /** A partition that two tasks take from each other again and again. */
    public static SinkException contested(TopicPartition partition) {
        return new SinkException("Another task keeps taking over " + partition
                + ", most likely one of another connector with the same exactly.once.id. Give each connector an id of its "
                + "own, and delete the one that is too many.");
    }

    /** A transient failure that has lasted for longer than {@code max.retries} allows. */
    public static SinkException retriesExhausted(Origin first, String table, int tries, SQLException error) {
        return new SinkException("Gave up on table " + table + " from " + first + " on after " + tries + " tries: "
                + text(error) + ". Mend the cause and restart the task; max.retries=-1 would go on trying.");
    }

    /** A fault of our own. Its message may quote a value, so only its kind and its place are told. */
    public static SinkException unexpected(String where, Throwable fault) {
        SinkException failure = new SinkException(where + " ended unexpectedly, which is a fault of Sluice: "
                + fault.getClass().getName()
                + ". Nothing is lost; restart the task, and report the place that the stack trace below names.");
        failure.setStackTrace(fault.getStackTrace());
        return failure;
    }

    /** The error in words that quote no value: PostgreSQL's own, unless they may be about a value. */
    public static String text(SQLException error) {
        String state = error.getSQLState();
        if (state == null) {
            return SqlStates.describe(null) + " (" + rootName(error) + ")";
        }
        ServerErrorMessage server = server(error);
        boolean quotesValues = isAboutRows(SqlStateClassifier.classify(state)) || isRaised(state, server);
        String words = server == null || quotesValues || server.getMessage() == null
                ? SqlStates.describe(state)
                : server.getMessage();
        return words + " (SQLSTATE " + state + ")";
    }

    private static boolean isAboutRows(Verdict verdict) {
        return switch (verdict) {
            case BAD_RECORD, PARENT_MISSING, VALUE_TAKEN -> true;
            case TRANSIENT, SCHEMA_CHANGED, FATAL -> false;
        };
    }

    /**
     * The same of a statement that was given rows: a cast or a trigger may have put a value into words of any class. Only what
     * PostgreSQL finds in the statement's own text, where it says so, or what passes by itself is about no value.
     */
    public static String textOfRows(SQLException error) {
        ServerErrorMessage server = server(error);
        boolean ofStatement = server != null && server.getPosition() > 0 && server.getWhere() == null;
        boolean passes = SqlStateClassifier.classify(error) == Verdict.TRANSIENT;
        return ofStatement || passes || error.getSQLState() == null
                ? text(error)
                : SqlStates.describeRow(error.getSQLState()) + " (SQLSTATE " + error.getSQLState() + ")";
    }

    /** Whether a trigger or function chose what the error says it is. */
    public static boolean isRaised(SQLException error) {
        ServerErrorMessage server = server(error);
        return server != null && RAISE.equals(server.getRoutine());
    }

    /**
     * Whether a trigger or function chose the words. In PL/pgSQL it is known by the place that the error comes from,
     * otherwise only by a class that is none of PostgreSQL's.
     */
    private static boolean isRaised(String state, @Nullable ServerErrorMessage server) {
        return !SqlStates.isOfPostgres(state) || (server != null && RAISE.equals(server.getRoutine()));
    }

    private static String rootName(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }

    /** What the server said; a pool that got no connection has its words as the cause. */
    private static @Nullable ServerErrorMessage server(SQLException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException postgres) {
                return postgres.getServerErrorMessage();
            }
        }
        return null;
    }
}
