package io.sluice.failure;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What PostgreSQL tells of a row that it refuses.
 *
 * @param table the name of the table that was being copied to, without its schema; empty where it was no COPY
 * @param line the row of that COPY, from 1, where it is known
 * @param column whose value was refused, where it is known
 * @param constraint that the row violates, where it is one
 * @param schema of the table that refuses the row, and so of its constraints; empty where it is not known
 * @param ofRowAlone whether the row is refused whatever else is written with it
 * @param ofValueAlone whether it may be one value that is refused, whatever the others of its row are
 */
public record Refusal(
        String table,
        OptionalInt line,
        Optional<String> column,
        Optional<String> constraint,
        String schema,
        boolean ofRowAlone,
        boolean ofValueAlone) {

    /** In whatever language the server speaks: "COPY orders, line 57, column id". */
    private static final Pattern COPY_LINE =
            Pattern.compile("^COPY (.+?), \\S+ (\\d{1,9})\\b(?:, \\S+ ([^:\\n]+)$)?", Pattern.MULTILINE);

    private static final String DATA_EXCEPTIONS = "22";
    private static final String NOT_NULL_VIOLATION = "23502";
    private static final String CHECK_VIOLATION = "23514";
    /** A cast looks things up by a value, or reads it as a language of its own; extensions have no class. */
    private static final Set<String> OF_CASTS = Set.of("42", "3F", "0A", "XX");

    private static final Set<String> OF_ROWS = Set.of(NOT_NULL_VIOLATION, CHECK_VIOLATION);

    /** Reads the fields of an error. */
    public static Refusal of(SQLException error) {
        String state = Objects.requireNonNullElse(error.getSQLState(), "");
        ServerErrorMessage server = error instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String where = server == null || server.getWhere() == null ? "" : server.getWhere();
        Matcher line = COPY_LINE.matcher(where);
        boolean copied = line.find();
        boolean ofData = state.startsWith(DATA_EXCEPTIONS);
        // A function, which may look at other rows, would stand before the line: what is innermost comes first.
        boolean ofRowAlone = copied && line.start() == 0 && (ofData || OF_ROWS.contains(state));
        // Of a domain, which has no table.
        boolean ofDomain = state.equals(CHECK_VIOLATION) && server != null && server.getTable() == null;
        return new Refusal(
                copied ? line.group(1) : "",
                copied ? OptionalInt.of(Integer.parseInt(line.group(2))) : OptionalInt.empty(),
                column(server).or(() -> copied ? Optional.ofNullable(line.group(3)) : Optional.empty()),
                server == null ? Optional.empty() : Optional.ofNullable(server.getConstraint()),
                server == null || server.getSchema() == null ? "" : server.getSchema(),
                ofRowAlone,
                ofData || ofDomain || OF_CASTS.contains(state.substring(0, Math.min(2, state.length()))));
    }

    private static Optional<String> column(@Nullable ServerErrorMessage server) {
        return server == null ? Optional.empty() : Optional.ofNullable(server.getColumn());
    }
}
