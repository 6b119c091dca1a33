package io.sluice.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.harness.Database;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The rows of a table one after the other, each an object of its columns that are not NULL, in normal form. */
final class TableCursor implements AutoCloseable {

    private static final int FETCH_ROWS = 2_000;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final NormalForm form = NormalForm.stored();
    private final Connection connection;
    private final ResultSet rows;
    private final ResultSetMetaData columns;

    private TableCursor(Connection connection, ResultSet rows) throws SQLException {
        this.connection = connection;
        this.rows = rows;
        this.columns = rows.getMetaData();
    }

    /** All rows of a table in the order of that column. */
    static TableCursor ordered(Database database, String table, String column) throws SQLException {
        return open(database, "SELECT * FROM " + Database.quoted(table) + " ORDER BY " + Database.quoted(column));
    }

    /** All rows of a table in any order. */
    static TableCursor unordered(Database database, String table) throws SQLException {
        return open(database, "SELECT * FROM " + Database.quoted(table));
    }

    private static TableCursor open(Database database, String query) throws SQLException {
        Connection connection = database.connect();
        try {
            // Only within a transaction does the driver fetch rows bit by bit.
            connection.setAutoCommit(false);
            Statement statement = connection.createStatement();
            statement.setFetchSize(FETCH_ROWS);
            return new TableCursor(connection, statement.executeQuery(query));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Optional<ObjectNode> next() throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String text = rows.getString(i);
            if (text != null) {
                row.set(columns.getColumnName(i), form.value(value(columns.getColumnTypeName(i), text)));
            }
        }
        return Optional.of(row);
    }

    private static JsonNode value(String type, String text) {
        return switch (type) {
            case "json", "jsonb" -> parse(text);
            case "bool" -> BooleanNode.valueOf(text.equals("t") || text.equals("true"));
            case "int2", "int4", "int8", "numeric", "float4", "float8" ->
                text.endsWith("Infinity") ? TextNode.valueOf(text) : number(text);
            default -> TextNode.valueOf(text);
        };
    }

    private static JsonNode number(String text) {
        return DecimalNode.valueOf(new BigDecimal(text));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new QuickstartException("The table holds a jsonb value that Jackson cannot read.", e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
