package io.sluice.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OrderComparisonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OrderBook orders = new OrderBook(7);
    private final List<ObjectNode> rows = new ArrayList<>();

    OrderComparisonTest() {
        Stream.generate(orders::next).limit(500).forEach(change -> {});
        IntStream.rangeClosed(1, orders.orders()).filter(orders::exists).forEach(id -> rows.add(row(id)));
    }

    @Test
    void findsTheVeryRowsEqual() throws SQLException {
        assertThat(compare()).isEqualTo(new Comparison(rows.size(), 0, List.of()));
    }

    @Test
    void namesARowThatIsMissing() throws SQLException {
        ObjectNode first = rows.remove(0);
        ObjectNode last = rows.remove(rows.size() - 1);

        assertThat(compare().examples())
                .containsExactly(
                        "order " + first.path("id").asInt() + " is not in the table",
                        "order " + last.path("id").asInt() + " is not in the table");
    }

    @Test
    void namesARowThatWasDeletedOrNeverMade() throws SQLException {
        int deleted = IntStream.rangeClosed(1, orders.orders())
                .filter(id -> !orders.exists(id))
                .findFirst()
                .orElseThrow();
        int before = (int) IntStream.range(1, deleted).filter(orders::exists).count();
        rows.add(before, row(1).put("id", deleted));
        rows.add(row(1).put("id", orders.orders() + 1));

        assertThat(compare().examples())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("order " + deleted + " is in the table and should not be");
    }

    @Test
    void namesTheColumnThatDiffers() throws SQLException {
        rows.get(3).put("customer", "Nobody");

        Comparison comparison = compare();

        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.differences()).isEqualTo(1);
        assertThat(comparison.examples().get(0)).contains("differs in customer, produced", "stored \"Nobody\"");
    }

    @Test
    void countsAllDifferencesAndShowsTheFirst() throws SQLException {
        rows.clear();

        Comparison comparison = compare();

        assertThat(comparison.differences()).isGreaterThan(100);
        assertThat(comparison.examples()).hasSize(5);
    }

    private Comparison compare() throws SQLException {
        Iterator<ObjectNode> each = rows.iterator();
        return new OrderComparison(orders).compare(() -> each.hasNext() ? Optional.of(each.next()) : Optional.empty());
    }

    private ObjectNode row(int id) {
        ObjectNode row = JSON.valueToTree(orders.order(id));
        return NormalForm.stored().row(row.put("id", id));
    }
}
