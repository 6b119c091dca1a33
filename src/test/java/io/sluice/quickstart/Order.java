package io.sluice.quickstart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of an order's record. Its key, {@code {"id": 42}}, is not a part of it.
 *
 * @param note null where there is none: a field that is left out would leave the column as it was
 */
record Order(
        String customer,
        String status,
        double amount,
        boolean express,
        Address address,
        List<Item> items,
        @Nullable String note,
        String placedAt) {

    Order {
        items = List.copyOf(items);
    }

    /** Becomes an object in a jsonb column. */
    record Address(String street, String city, String country) {}

    /** One of several in a jsonb column. */
    record Item(String article, int quantity, double price) {}
}
