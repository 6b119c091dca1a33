package io.sluice.write;

import io.sluice.batch.ColumnSet;
import io.sluice.batch.RowGroup;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The fields of one row as parameters; the statement is executed for each row, and all of them are sent at once. */
record SingleRows(List<String> types) implements RowSource {
    static SingleRows of(ColumnSet columns) {
        return new SingleRows(columns.wireTypes());
    }

    @Override
    public String relation() {
        String values = types.stream().map(type -> "?::" + Sql.type(type)).collect(Collectors.joining(", "));
        String names = IntStream.range(0, types.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "(VALUES (" + values + ")) AS s(" + names + ")";
    }

    @Override
    public Optional<String> position() {
        return Optional.empty();
    }

    @Override
    public void run(PgSession session, String sql, RowGroup group) throws SQLException {
        RowFields fields = new RowFields(group);
        try (PreparedStatement statement = session.prepare(sql)) {
            if (fields.rows() == 1) {
                bind(fields, 0, statement);
                statement.executeUpdate();
                return;
            }
            for (int row = 0; row < fields.rows(); row++) {
                bind(fields, row, statement);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (BatchUpdateException e) {
            // What PostgreSQL said is in the error below it, and this one's message quotes the row.
            throw e.getCause() instanceof SQLException cause ? cause : e;
        }
    }

    private void bind(RowFields fields, int row, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < types.size(); i++) {
            fields.bindNext(row, statement, i + 1, types.get(i));
        }
    }
}
