package io.sluice.cdc;

import io.sluice.harness.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Changes of every kind to tables with columns of every type, on few keys, so that changes of one key come close together. */
final class TypedWorkload implements Workload {

    private static final int KEYS = 150;
    private static final int STATEMENTS_AT_MOST = 4;
    private static final int ROLLBACK_EVERY = 20;

    private final List<TypedTable> tables = new CopyOnWriteArrayList<>(TypedTables.all());

    /** Makes the tables, with a few rows for the snapshot. */
    void create(Database database, Random random) throws SQLException {
        TypedTables.preparation().forEach(database::execute);
        tables.forEach(table -> database.execute(table.create()));
        try (Connection connection = database.connect()) {
            for (TypedTable table : tables) {
                TableClient client = new TableClient(connection, table, random);
                for (int key = 0; key < KEYS; key += 5) {
                    client.insert(key);
                }
            }
        }
    }

    /** From now on the column of this table is written too; it has been added already. */
    void evolve(TypedTable table, Column added) {
        tables.replaceAll(one -> one.name().equals(table.name()) ? one.with(added) : one);
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

    private static void change(TableClient client, Random random) throws SQLException {
        int key = random.nextInt(KEYS);
        switch (Change.next(client.table().changes(), random)) {
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
    }
}
