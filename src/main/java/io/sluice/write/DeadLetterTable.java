package io.sluice.write;

import io.sluice.failure.SqlStateClassifier;
import io.sluice.record.ConnectJson.Encoding;
import io.sluice.record.DeadLetter;
import io.sluice.record.Origin;
import io.sluice.table.TableId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes bad records into {@code errors.table}, within the transaction that passes their offsets. Lanes share it.
 *
 * @param connector that they belong to: connectors may share the table
 */
record DeadLetterTable(String connector, TableId table) implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTable.class);

    /** Of key, value and headers: more letters go with the next statement. */
    private static final int CHARACTERS_AT_ONCE = 1 << 20;

    @Override
    public void write(PgSession session, List<DeadLetter> letters) throws SQLException {
        if (letters.isEmpty()) {
            return;
        }
        if (!exists(session)) {
            create(session);
            LOG.info("Sluice created table {} for bad records", table);
        }
        Encoding encoding = session.isUnicode() ? Encoding.UNICODE : Encoding.ASCII;
        List<LetterRow> rows = new ArrayList<>();
        int characters = 0;
        for (DeadLetter letter : letters) {
            LetterRow row = LetterRow.of(letter, encoding);
            rows.add(row);
            characters += row.characters();
            if (characters >= CHARACTERS_AT_ONCE) {
                insert(session, rows, encoding);
                rows.clear();
                characters = 0;
            }
        }
        if (!rows.isEmpty()) {
            insert(session, rows, encoding);
        }
    }

    private void insert(PgSession session, List<LetterRow> rows, Encoding encoding) throws SQLException {
        try (PreparedStatement statement = session.prepare(Sql.insertLetters(table))) {
            statement.setString(1, encoding.escape(connector));
            array(statement, 2, "text", rows, row -> place(row).partition().topic());
            array(statement, 3, "int4", rows, row -> place(row).partition().partition());
            array(statement, 4, "int8", rows, row -> place(row).offset());
            array(statement, 5, "text", rows, LetterRow::target);
            array(statement, 6, "text", rows, LetterRow::reason);
            array(statement, 7, "text", rows, row -> row.letter().sqlState().orElse(null));
            array(statement, 8, "text", rows, LetterRow::key);
            array(statement, 9, "text", rows, LetterRow::value);
            array(statement, 10, "text", rows, LetterRow::headers);
            array(statement, 11, "float8", rows, LetterRow::seconds);
            statement.executeUpdate();
        }
    }

    /** Where somebody else makes it in the same moment, the transaction is lost; the next one finds the table. */
    private void create(PgSession session) throws SQLException {
        try {
            session.execute(Sql.createLetters(table));
        } catch (SQLException e) {
            if (SqlStateClassifier.isRaceOfDefinitions(e)) {
                throw new SQLTransactionRollbackException("errors.table was made meanwhile", "40001", e);
            }
            throw e;
        }
    }

    private static Origin place(LetterRow row) {
        return row.letter().origin();
    }

    private boolean exists(PgSession session) throws SQLException {
        try (PreparedStatement statement = session.prepare("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
            statement.setString(1, table.sql());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void array(
            PreparedStatement statement,
            int parameter,
            String type,
            List<LetterRow> rows,
            Function<LetterRow, ? extends @Nullable Object> element)
            throws SQLException {
        Object[] elements = rows.stream().map(element).toArray();
        statement.setArray(parameter, statement.getConnection().createArrayOf(type, elements));
    }
}
