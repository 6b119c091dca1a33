package io.sluice.quickstart;

import io.sluice.quickstart.Order.Address;
import io.sluice.quickstart.Order.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Invents orders. The same id and version always give the same order, so that an order can be made again for the
 * comparison and need not be kept.
 */
final class OrderCatalog {

    private static final List<String> CUSTOMERS = List.of(
            "Ada Lovelace",
            "Bjørn Ødegård",
            "Χρήστος Παππάς",
            "Дарья Иванова",
            "Émile Zola",
            "山田 太郎",
            "김민준",
            "Zoë Müller",
            "فاطمة الزهراء",
            "José Peña",
            "Ngô Bảo Châu",
            "Siân O'Connor");
    private static final List<String> STATUSES = List.of("new", "paid", "packed", "shipped", "delivered", "returned");
    private static final List<Address> ADDRESSES = List.of(
            new Address("12 St James's Square", "London", "GB"),
            new Address("Karl Johans gate 3", "Oslo", "NO"),
            new Address("Οδός Ερμού 7", "Αθήνα", "GR"),
            new Address("улица Пушкина 10", "Москва", "RU"),
            new Address("千代田1-1", "東京", "JP"),
            new Address("Calle Mayor 5", "Madrid", "ES"));
    private static final List<String> ARTICLES =
            List.of("lamp", "desk", "chair", "kettle", "notebook", "pencil \"2B\"");
    private static final List<String> NOTES = List.of(
            "Please ring twice.",
            "Leave it with the neighbours:\n\tthe second door on the left, behind the lilacs. The dog is friendly.",
            "Geschenk – bitte ohne Rechnung 🎁");
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final long seed;

    OrderCatalog(long seed) {
        this.seed = seed;
    }

    Order order(int id, int version) {
        SplittableRandom random = new SplittableRandom(seed ^ ((long) id << 32 | version));
        List<Item> items = new ArrayList<>();
        long cents = 0;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int quantity = 1 + random.nextInt(5);
            int price = 99 + random.nextInt(20_000);
            items.add(new Item(pick(ARTICLES, random), quantity, price / 100.0));
            cents += (long) quantity * price;
        }
        return new Order(
                pick(CUSTOMERS, random),
                pick(STATUSES, random),
                cents / 100.0,
                random.nextInt(4) == 0,
                pick(ADDRESSES, random),
                items,
                note(random),
                FIRST.plusSeconds(random.nextInt(20_000_000)).toString());
    }

    /** One order in five has a note, and one in twenty one that has been emptied. */
    private static @Nullable String note(SplittableRandom random) {
        int choice = random.nextInt(20);
        if (choice == 0) {
            return "";
        }
        return choice < 5 ? pick(NOTES, random) : null;
    }

    private static <T> T pick(List<T> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
