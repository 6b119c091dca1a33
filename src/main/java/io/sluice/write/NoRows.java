package io.sluice.write;

import io.sluice.batch.ColumnSet;
import io.sluice.batch.RowGroup;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A source without any row: a statement that reads it fails just where the table or the role is to blame. */
record NoRows(List<String> types) implements RowSource {
    static NoRows of(ColumnSet columns) {
        return new NoRows(columns.wireTypes());
    }

    @Override
    public String relation() {
        return IntStream.range(0, types.size())
                .mapToObj(i -> "NULL::" + types.get(i) + " AS c" + i)
                .collect(Collectors.joining(", ", "(SELECT ", " WHERE false) AS s"));
    }

    @Override
    public Optional<String> position() {
        return Optional.empty();
    }

    @Override
    public void run(PgSession session, String sql, RowGroup group) throws SQLException {
        session.execute(sql);
    }
}
