package io.sluice.write;

import io.sluice.failure.SqlStateClassifier;
import io.sluice.record.ConnectJson;
import io.sluice.record.DeadLetter;
import io.sluice.table.TableId;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Timestamp;
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

    @Override
    public void write(PgSession session, List<DeadLetter> letters) throws SQLException {
        if (letters.isEmpty()) {
            return;
        }
        if (!exists(session)) {
            create(session);
            LOG.info("Sluice created table {} for bad records", table);
        }
        try (PreparedStatement statement = session.prepare(Sql.insertLetters(table))) {
            statement.setString(1, connector);
            texts(statement, 2, letters, letter -> letter.origin().partition().topic());
            statement.setArray(
                    3,
                    array(
                            statement,
                            "int4",
                            letters,
                            letter -> letter.origin().partition().partition()));
            statement.setArray(
                    4,
                    array(statement, "int8", letters, letter -> letter.origin().offset()));
            texts(statement, 5, letters, letter -> letter.table().replace("\"", ""));
            texts(statement, 6, letters, DeadLetter::reason);
            texts(statement, 7, letters, letter -> letter.sqlState().orElse(null));
            texts(
                    statement,
                    8,
                    letters,
                    letter -> ConnectJson.of(letter.record().key()));
            texts(
                    statement,
                    9,
                    letters,
                    letter -> ConnectJson.of(letter.record().value()));
            texts(
                    statement,
                    10,
                    letters,
                    letter -> ConnectJson.ofHeaders(letter.record().headers()));
            texts(statement, 11, letters, DeadLetterTable::time);
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

    private boolean exists(PgSession session) throws SQLException {
        try (PreparedStatement statement = session.prepare("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
            statement.setString(1, table.sql());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** As text that does not depend on the worker's zone. */
    private static @Nullable String time(DeadLetter letter) {
        Long millis = letter.record().timestamp();
        return millis == null ? null : new Timestamp(millis).toInstant().toString();
    }

    private static void texts(
            PreparedStatement statement,
            int parameter,
            List<DeadLetter> letters,
            Function<DeadLetter, @Nullable String> text)
            throws SQLException {
        statement.setArray(parameter, array(statement, "text", letters, text));
    }

    private static Array array(
            PreparedStatement statement,
            String type,
            List<DeadLetter> letters,
            Function<DeadLetter, ? extends @Nullable Object> element)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf(type, letters.stream().map(element).toArray());
    }
}
