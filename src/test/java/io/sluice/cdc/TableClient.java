package io.sluice.cdc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One client's statements on one table, in the transaction that is open on its connection. */
record TableClient(Connection connection, TypedTable table, Random random) {

    /** Nothing happens when the key is taken. */
    void insert(int key) throws SQLException {
        List<@Nullable String> parameters = new ArrayList<>(keyLiterals(key));
        table.columns().forEach(column -> parameters.add(value(column)));
        execute(table.insert(), parameters);
    }

    /** Some columns of a row get new values; now and then it is all of them. */
    void update(int key) throws SQLException {
        List<Column> changed = new ArrayList<>(table.columns());
        Collections.shuffle(changed, random);
        changed = changed.subList(0, 1 + random.nextInt(changed.size()));
        List<@Nullable String> parameters = new ArrayList<>();
        changed.forEach(column -> parameters.add(value(column)));
        parameters.addAll(keyLiterals(key));
        execute(table.update(changed), parameters);
    }

    void delete(int key) throws SQLException {
        execute(table.delete(), keyLiterals(key));
    }

    /** The row of one key gets another, whose row goes. */
    void rekey(int from, int to) throws SQLException {
        delete(to);
        List<String> parameters = new ArrayList<>(keyLiterals(to));
        parameters.addAll(keyLiterals(from));
        execute(table.rekey(), parameters);
    }

    void touchMany() throws SQLException {
        execute(table.touchMany(random.nextInt(10)), List.of());
    }

    void truncate() throws SQLException {
        execute(table.truncate(), List.of());
    }

    private List<String> keyLiterals(int key) {
        return table.key().stream().map(column -> column.literal().apply(key)).toList();
    }

    private @Nullable String value(Column column) {
        boolean isNull = column.isNullable() && random.nextInt(Column.NULL_EVERY) == 0;
        return isNull ? null : column.values().next(random);
    }

    private void execute(String sql, List<? extends @Nullable String> parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setString(i + 1, parameters.get(i));
            }
            statement.execute();
        }
    }
}
