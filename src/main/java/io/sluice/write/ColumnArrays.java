package io.sluice.write;

import io.sluice.batch.ColumnSet;
import io.sluice.batch.RowGroup;
import io.sluice.type.WireTypes;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An array for each column, which are the parameters of one statement. Not for columns of arrays, which would end up flat. */
record ColumnArrays(List<String> types, boolean numbered) implements RowSource {
    /** The source for rows of these columns; they are numbered where the order of rows counts. */
    static ColumnArrays of(ColumnSet columns) {
        return new ColumnArrays(columns.wireTypes(), columns.version().isPresent() || !columns.hasExactKey());
    }

    static boolean canHold(ColumnSet columns) {
        return columns.wireTypes().stream().noneMatch(WireTypes::isArray);
    }

    @Override
    public String relation() {
        String arrays = types.stream()
                .map(type -> "pg_catalog.unnest(?::" + Sql.type(WireTypes.array(type)) + ")")
                .collect(Collectors.joining(", "));
        String names = IntStream.range(0, types.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "ROWS FROM (" + arrays + ")"
                + (numbered ? " WITH ORDINALITY AS s(" + names + ", n)" : " AS s(" + names + ")");
    }

    @Override
    public Optional<String> position() {
        return Optional.of("s.n");
    }

    @Override
    public void run(PgSession session, String sql, RowGroup group) throws SQLException {
        RowFields fields = new RowFields(group);
        try (PreparedStatement statement = session.prepare(sql)) {
            for (int i = 0; i < types.size(); i++) {
                byte[] array = fields.nextArray(WireTypes.oid(types.get(i)));
                BinaryParameter.bind(statement, i + 1, WireTypes.array(types.get(i)), array, 0, array.length);
            }
            statement.executeUpdate();
        }
    }
}
