package io.sluice.watch;

import io.sluice.failure.Failures;
import io.sluice.failure.SqlStateClassifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks PostgreSQL what lanes wait for, over a connection that is closed again. Only what monitoring shows: no text of a
 * statement, since that may hold values.
 */
final class Causes {
    /** What each of these processes waits for, and who holds a lock that it waits for, strangers first. */
    private static final String QUESTION = """
            SELECT a.wait_event_type, a.wait_event, h.pid, b.application_name, b.state,
                extract(epoch FROM pg_catalog.now() - b.xact_start)::bigint AS seconds,
                (SELECT c.wait_event_type FROM pg_catalog.pg_stat_activity c WHERE c.backend_type = 'checkpointer') AS checkpointer
            FROM pg_catalog.pg_stat_activity a
            LEFT JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(a.pid)) AS h(pid) ON true
            LEFT JOIN pg_catalog.pg_stat_activity b ON b.pid = h.pid
            WHERE a.pid = ANY (?) AND a.state <> 'idle'
            ORDER BY h.pid IS NULL, h.pid = ANY (?), b.xact_start, a.wait_event_type = 'Client'
            LIMIT 1
            """;

    private static final String CHECKPOINTER_IS_IDLE = "Activity";

    private final DataSource connections;

    Causes(DataSource connections) {
        this.connections = connections;
    }

    /** What comes first of all that these processes wait for. */
    Cause of(Collection<Integer> processes) {
        try (Connection connection = connections.getConnection();
                PreparedStatement question = connection.prepareStatement(QUESTION)) {
            question.setArray(1, connection.createArrayOf("int4", processes.toArray()));
            question.setArray(2, connection.createArrayOf("int4", processes.toArray()));
            try (ResultSet row = question.executeQuery()) {
                return row.next() ? cause(row) : Cause.UNKNOWN;
            }
        } catch (SQLException e) {
            return SqlStateClassifier.isFull(e)
                    ? new Cause(
                            "full", "PostgreSQL has no connection left to be asked for the cause: " + Failures.text(e))
                    : new Cause("server", "PostgreSQL cannot be asked for the cause: " + Failures.text(e));
        }
    }

    private static Cause cause(ResultSet row) throws SQLException {
        int holder = row.getInt("pid");
        if (!row.wasNull()) {
            return lock(row, holder);
        }
        String type = row.getString("wait_event_type");
        String event = String.valueOf(row.getString("wait_event"));
        String checkpointer = row.getString("checkpointer");
        boolean checkpoint = checkpointer != null && !checkpointer.equals(CHECKPOINTER_IS_IDLE);
        return event(type, event, checkpoint ? ", while a checkpoint is under way" : "");
    }

    private static Cause event(@Nullable String type, String event, String checkpoint) {
        if (type == null) {
            return new Cause("work", "PostgreSQL is at work on the statements and waits for nothing" + checkpoint);
        }
        return switch (type) {
            case "IPC" ->
                event.equals("SyncRep")
                        ? new Cause("replication", "commits wait for a synchronous standby")
                        : new Cause("ipc", "writing waits for another process of PostgreSQL (" + event + ")");
            case "IO" -> new Cause("disk", "writing waits for the disk (" + event + ")" + checkpoint);
            case "LWLock" -> new Cause("inside", "writing waits inside PostgreSQL (" + event + ")" + checkpoint);
            case "Lock" -> new Cause("lock", "writing waits on a lock (" + event + ")");
            case "Client" -> new Cause("network", "PostgreSQL waits for the worker or for the network");
            default -> new Cause("other", "writing waits for " + type + " " + event + checkpoint);
        };
    }

    private static Cause lock(ResultSet row, int holder) throws SQLException {
        if (holder == 0) {
            return new Cause("lock", "writing waits on a lock held by a prepared transaction");
        }
        StringBuilder text = new StringBuilder("writing waits on a lock held by pid ").append(holder);
        String application = row.getString("application_name");
        if (application != null && !application.isEmpty()) {
            // Whoever logs in names it as they like.
            text.append(", application ").append(application.replaceAll("\\p{Cntrl}", "?"));
        }
        String state = row.getString("state");
        if (state != null) {
            text.append(String.format(
                    Locale.ROOT, ", %s, in a transaction for %,d seconds", state, row.getLong("seconds")));
        }
        return new Cause("lock", text.toString());
    }
}
