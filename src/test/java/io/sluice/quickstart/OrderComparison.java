package io.sluice.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.Optional;
import java.util.TreeSet;

/** Compares rows, which come in the order of their ids, with how the orders stand. */
final class OrderComparison {

    static final String ID = "id";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OrderBook orders;
    private final NormalForm form = NormalForm.produced();
    private final Comparison.Builder result = new Comparison.Builder();
    private int expected;

    OrderComparison(OrderBook orders) {
        this.orders = orders;
    }

    /** The rows of the table, one with each call, empty after the last. */
    @FunctionalInterface
    interface Rows {
        Optional<ObjectNode> next() throws SQLException;
    }

    Comparison compare(Rows rows) throws SQLException {
        advance();
        for (Optional<ObjectNode> row = rows.next(); row.isPresent(); row = rows.next()) {
            result.row();
            compare(row.get());
        }
        missingBelow(Integer.MAX_VALUE);
        return result.build();
    }

    private void compare(ObjectNode row) {
        int id = row.path(ID).asInt();
        missingBelow(id);
        if (expected != id || !orders.exists(id)) {
            result.difference("order " + id + " is in the table and should not be: it was never made, or deleted");
            return;
        }
        ObjectNode order = row(id);
        if (!order.equals(row)) {
            result.difference("order " + id + " differs in " + differingColumns(order, row));
        }
        advance();
    }

    private void missingBelow(int id) {
        while (expected < id && expected <= orders.orders()) {
            result.difference("order " + expected + " is not in the table");
            advance();
        }
    }

    /** Moves on to the next order that exists. */
    private void advance() {
        do {
            expected++;
        } while (expected <= orders.orders() && !orders.exists(expected));
    }

    private ObjectNode row(int id) {
        ObjectNode order = JSON.valueToTree(orders.order(id));
        order.put(ID, id);
        return form.row(order);
    }

    private static String differingColumns(ObjectNode order, ObjectNode row) {
        TreeSet<String> columns = new TreeSet<>();
        order.fieldNames().forEachRemaining(columns::add);
        row.fieldNames().forEachRemaining(columns::add);
        StringBuilder text = new StringBuilder();
        for (String column : columns) {
            JsonNode produced = order.path(column);
            JsonNode stored = row.path(column);
            if (!produced.equals(stored)) {
                text.append(text.isEmpty() ? "" : "; ");
                text.append(column).append(", produced ").append(shown(produced));
                text.append(" and stored ").append(shown(stored));
            }
        }
        return text.toString();
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        return value.isNumber() ? value.decimalValue().toPlainString() : value.toString();
    }
}
