package io.sluice.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OrderBookTest {

    private static final int CHANGES = 20_000;

    private final OrderBook orders = new OrderBook(1);

    @Test
    void remembersHowEveryOrderStandsInTheEnd() {
        Map<Integer, Order> last = new HashMap<>();
        for (int i = 0; i < CHANGES; i++) {
            OrderBook.Change change = orders.next();
            change.order().ifPresentOrElse(order -> last.put(change.id(), order), () -> last.remove(change.id()));
        }

        Map<Integer, Order> remembered = new HashMap<>();
        IntStream.rangeClosed(1, orders.orders())
                .filter(orders::exists)
                .forEach(id -> remembered.put(id, orders.order(id)));
        assertThat(remembered).isEqualTo(last);
    }

    @Test
    void changesOrdersAsWellAsMakingThem() {
        for (int i = 0; i < CHANGES; i++) {
            orders.next();
        }

        assertThat(orders.inserts()).isEqualTo(orders.orders()).isBetween(CHANGES * 65 / 100, CHANGES * 80 / 100);
        assertThat(orders.updates()).isBetween(CHANGES * 14 / 100, CHANGES * 22 / 100);
        assertThat(orders.deletes()).isBetween(CHANGES * 6 / 100, CHANGES * 12 / 100);
        assertThat(orders.inserts() + orders.updates() + orders.deletes()).isEqualTo(CHANGES);
    }

    @Test
    void makesTheSameChangesOfTheSameSeed() {
        OrderBook again = new OrderBook(1);

        for (int i = 0; i < 1_000; i++) {
            assertThat(again.next()).isEqualTo(orders.next());
        }
    }
}
