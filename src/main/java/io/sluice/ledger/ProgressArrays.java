package io.sluice.ledger;

import io.sluice.offset.OffsetSet;
import io.sluice.offset.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How far partitions are, as three parameters of a statement. */
record ProgressArrays(List<Progress> all) {
    static ProgressArrays of(List<Progress> all) {
        return new ProgressArrays(all);
    }

    /** Sets the parameter {@code first}, the next offsets, and the two after it, what is durable beyond. */
    void set(PreparedStatement statement, int first) throws SQLException {
        Connection connection = statement.getConnection();
        @Nullable Long[] floors = new @Nullable Long[all.size()];
        for (int i = 0; i < floors.length; i++) {
            floors[i] = all.get(i).floor().isPresent() ? all.get(i).floor().getAsLong() : null;
        }
        statement.setArray(first, connection.createArrayOf("int8", floors));
        statement.setArray(first + 1, connection.createArrayOf("bytea", bytes(Progress::whole)));
        statement.setArray(first + 2, connection.createArrayOf("bytea", bytes(Progress::half)));
    }

    private byte[][] bytes(Function<Progress, OffsetSet> part) {
        return all.stream().map(progress -> part.apply(progress).toBytes()).toArray(byte[][]::new);
    }
}
