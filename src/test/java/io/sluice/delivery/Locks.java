package io.sluice.delivery;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A lock that is held until it is closed, so that lanes stand still where a test wants them to. */
final class Locks implements AutoCloseable {
    private final Connection session;

    private Locks(Connection session) {
        this.session = session;
    }

    /** Nobody else can even read the table. */
    static Locks table(Database database, String table) {
        return take(database, "LOCK TABLE " + Database.quoted(table) + " IN ACCESS EXCLUSIVE MODE");
    }

    /** Nobody can write into the table, and everybody can read it. */
    static Locks writes(Database database, String table) {
        return take(database, "LOCK TABLE " + Database.quoted(table) + " IN SHARE MODE");
    }

    /** Nobody can change the table's definition, and everybody can use it. */
    static Locks definition(Database database, String table) {
        return take(database, "LOCK TABLE " + Database.quoted(table) + " IN ACCESS SHARE MODE");
    }

    /** Nobody can insert, change or delete this row, be it there or not. */
    static Locks row(Database database, String table, long id) {
        return take(
                database,
                "INSERT INTO " + Database.quoted(table) + " VALUES (" + id
                        + ", -1) ON CONFLICT (id) DO UPDATE SET version = -1");
    }

    /** Whatever this statement locks, or has changed, is held. */
    static Locks by(Database database, String sql) {
        return take(database, sql);
    }

    private static Locks take(Database database, String sql) {
        try {
            Connection session = database.connect();
            session.setAutoCommit(false);
            try (Statement statement = session.createStatement()) {
                statement.execute(sql);
            }
            return new Locks(session);
        } catch (SQLException e) {
            throw new HarnessException("No lock: " + sql, e);
        }
    }

    /** Lets go, and undoes what was done. */
    @Override
    public void close() {
        try (session) {
            if (session.isValid(1)) {
                session.rollback();
            }
        } catch (SQLException e) {
            throw new HarnessException("The lock could not be given up", e);
        }
    }
}
