package io.sluice.quickstart;

import io.sluice.harness.Database;
import io.sluice.harness.Message;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A stream of orders: new ones, changed ones, and tombstones for those that are deleted. */
record OrderWorkload(int records, OrderBook orders) implements Workload {

    private static final long SEED = 20_261_122;

    static OrderWorkload of(int records) {
        return new OrderWorkload(records, new OrderBook(SEED));
    }

    @Override
    public String configuration() {
        return "quickstart.json";
    }

    @Override
    public String topic() {
        return "orders";
    }

    @Override
    public String announcement() {
        return String.format(Locale.ROOT, "%,d records: orders that come, change and go", records);
    }

    @Override
    public Stream<Message> messages() {
        return IntStream.range(0, records).mapToObj(any -> message(orders.next()));
    }

    private static Message message(OrderBook.Change change) {
        return change.order().map(Message::json).orElseGet(Message::tombstone).keyJson(Map.of("id", change.id()));
    }

    @Override
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%,d inserts, %,d updates and %,d deletes",
                orders.inserts(),
                orders.updates(),
                orders.deletes());
    }

    @Override
    public Comparison compare(Database database, String table) {
        try (TableCursor rows = TableCursor.ordered(database, table, OrderComparison.ID)) {
            return new OrderComparison(orders).compare(rows::next);
        } catch (SQLException e) {
            throw new QuickstartException("The table " + table + " cannot be read: " + e.getMessage(), e);
        }
    }
}
