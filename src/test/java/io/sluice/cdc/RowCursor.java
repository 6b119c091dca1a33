package io.sluice.cdc;

import io.sluice.harness.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The rows of one side in the order of their keys: for each its key and a digest of its columns. */
final class RowCursor implements AutoCloseable {

    private static final int FETCH_SIZE = 2_000;

    private final Connection connection;
    private final ResultSet rows;
    private boolean atRow;

    /** The query gives the key as text and the digest, in the order of the bytes of both. */
    RowCursor(Database database, String query) throws SQLException {
        connection = database.connect();
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        statement.closeOnCompletion();
        statement.setFetchSize(FETCH_SIZE);
        rows = statement.executeQuery(query);
        atRow = rows.next();
    }

    boolean hasRow() {
        return atRow;
    }

    String key() throws SQLException {
        return rows.getString(1);
    }

    String digest() throws SQLException {
        return rows.getString(2);
    }

    void next() throws SQLException {
        atRow = rows.next();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
