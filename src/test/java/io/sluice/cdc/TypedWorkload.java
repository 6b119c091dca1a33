package io.sluice.cdc;

import io.sluice.harness.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Changes of every kind to tables with columns of every type, on few keys, so that changes of one key come close together. */
final class TypedWorkload implements Workload {

    private static final int KEYS = 150;
    private static final int STATEMENTS_AT_MOST = 4;
    private static final int ROLLBACK_EVERY = 20;

    private final List<TypedTable> tables = new CopyOnWriteArrayList<>(TypedTables.all());
    private final Map<Change, AtomicLong> made = new ConcurrentHashMap<>();

    /** Makes the tables, with a few rows for the snapshot. */
    void create(Database database, Random random) throws SQLException {
        createEmpty(database);
        try (Connection connection = database.connect()) {
            for (TypedTable table : tables) {
                TableClient client = new TableClient(connection, table, random);
                for (int key = 0; key < KEYS; key += 5) {
                    client.insert(key);
                }
            }
        }
    }

    /** Makes the same tables, without rows. */
    static void createEmpty(Database database) {
        TypedTables.preparation().forEach(database::execute);
        TypedTables.all().forEach(table -> database.execute(table.create()));
    }

    /** Adds a column to a table, which is written from now on. */
    void evolve(Database database, Evolution step) {
        database.execute(step.sql());
        tables.replaceAll(table -> table.name().equals(step.table()) ? table.with(step.added()) : table);
    }

    /** How often each change has been made. */
    Map<Change, Long> changes() {
        Map<Change, Long> counts = new EnumMap<>(Change.class);
        for (Change change : Change.values()) {
            counts.put(change, counter(change).get());
        }
        return counts;
    }

    @Override
    public void transaction(Connection connection, Random random) throws SQLException {
        int statements = 1 + random.nextInt(STATEMENTS_AT_MOST);
        for (int i = 0; i < statements; i++) {
            TypedTable table = tables.get(random.nextInt(tables.size()));
            change(new TableClient(connection, table, random), random);
        }
        if (random.nextInt(ROLLBACK_EVERY) == 0) {
            connection.rollback();
        } else {
            connection.commit();
        }
    }

    private void change(TableClient client, Random random) throws SQLException {
        int key = random.nextInt(KEYS);
        Change change = Change.next(client.table().changes(), random);
        switch (change) {
            case INSERT -> client.insert(key);
            case UPDATE -> client.update(key);
            case DELETE -> client.delete(key);
            case REKEY -> client.rekey(key, (key + 1 + random.nextInt(KEYS - 1)) % KEYS);
            case REPLACE -> {
                client.delete(key);
                client.insert(key);
            }
            case TOUCH_MANY -> client.touchMany();
            case TRUNCATE -> client.truncate();
        }
        counter(change).incrementAndGet();
    }

    private AtomicLong counter(Change change) {
        return made.computeIfAbsent(change, key -> new AtomicLong());
    }
}
