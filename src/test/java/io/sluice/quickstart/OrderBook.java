package io.sluice.quickstart;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Decides what happens to which order, and remembers how each order stands in the end: four bytes for each, whatever
 * its size. Belongs to one thread at a time.
 */
final class OrderBook {

    /** Of a hundred changes, how many are inserts; and how many are inserts or updates. The rest are deletes. */
    private static final int INSERTS = 70;

    private static final int INSERTS_AND_UPDATES = 90;
    private static final int DELETED = -1;

    private final SplittableRandom random;
    private final OrderCatalog catalog;
    private int[] versions = new int[1024];
    private int orders;
    private int changes;
    private int inserts;
    private int updates;

    OrderBook(long seed) {
        this.random = new SplittableRandom(seed);
        this.catalog = new OrderCatalog(seed);
    }

    /**
     * What happens to one order.
     *
     * @param order how it stands then, empty when it is deleted
     */
    record Change(int id, Optional<Order> order) {}

    /** Makes up the next change. The first is an insert, and no order is changed after it was deleted. */
    Change next() {
        int version = changes++;
        int kind = random.nextInt(100);
        if (kind >= INSERTS && orders > 0) {
            int id = 1 + random.nextInt(orders);
            if (exists(id)) {
                return kind < INSERTS_AND_UPDATES ? update(id, version) : delete(id);
            }
        }
        return insert(version);
    }

    private Change insert(int version) {
        int id = ++orders;
        if (id == versions.length) {
            versions = Arrays.copyOf(versions, id * 2);
        }
        inserts++;
        return write(id, version);
    }

    private Change update(int id, int version) {
        updates++;
        return write(id, version);
    }

    private Change write(int id, int version) {
        versions[id] = version;
        return new Change(id, Optional.of(catalog.order(id, version)));
    }

    private Change delete(int id) {
        versions[id] = DELETED;
        return new Change(id, Optional.empty());
    }

    /** The largest id so far; the smallest is 1. */
    int orders() {
        return orders;
    }

    /** Whether an order with this id, from 1 on, has been made and not deleted. */
    boolean exists(int id) {
        return id <= orders && versions[id] != DELETED;
    }

    /** How an order that exists stands now. */
    Order order(int id) {
        if (!exists(id)) {
            throw new IllegalArgumentException("There is no order " + id + ".");
        }
        return catalog.order(id, versions[id]);
    }

    int inserts() {
        return inserts;
    }

    int updates() {
        return updates;
    }

    int deletes() {
        return changes - inserts - updates;
    }
}
