package io.sluice.write;

import io.sluice.batch.RowGroup;
import io.sluice.batch.WireColumn;
import io.sluice.table.TableId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the column of a table that refuses a value, by trying each value alone. Needs no table of its own. */
final class ColumnProbe {
    private final PgSession session;
    private final TableId table;

    ColumnProbe(PgSession session, TableId table) {
        this.session = session;
        this.table = table;
    }

    /** The column of the first value that is refused. Leaves no transaction open. */
    Optional<String> refusing(RowGroup group) throws SQLException {
        Map<String, String> fullTypes = session.columnTypes(Sql.FULL_TYPES, table);
        RowFields fields = new RowFields(group);
        List<WireColumn> columns = group.columns().columns();
        for (int i = 0; i < columns.size(); i++) {
            WireColumn column = columns.get(i);
            String fullType = fullTypes.getOrDefault(column.name(), column.columnType());
            String sql = Sql.probe(group.columns(), i, fullType);
            for (int row = 0; row < fields.rows(); row++) {
                if (refuses(sql, fields, row, column.wireType())) {
                    return Optional.of(column.name());
                }
            }
        }
        session.rollback();
        return Optional.empty();
    }

    private boolean refuses(String sql, RowFields fields, int row, String type) throws SQLException {
        try (PreparedStatement statement = session.prepare(sql)) {
            fields.bindNext(row, statement, 1, type);
            statement.execute();
            return false;
        } catch (SQLException e) {
            session.rollback();
            return true;
        }
    }
}
