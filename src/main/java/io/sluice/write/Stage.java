package io.sluice.write;

import io.sluice.batch.RowGroup;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A temporary table of the session, which is filled by COPY. Its name says which types its columns have, so that a table
 * of that name, whoever made it, is the right one: a pooler may give one session of the server to many.
 */
record Stage(String name) implements RowSource {
    private static final int NAME_BYTES = 12;

    /** The table for rows of these types. */
    static Stage of(List<String> types) {
        byte[] digest = sha256().digest(String.join(",", types).getBytes(StandardCharsets.UTF_8));
        return new Stage("sluice_stage_" + HexFormat.of().formatHex(digest, 0, NAME_BYTES));
    }

    @Override
    public String relation() {
        return "pg_temp." + name + " AS s";
    }

    @Override
    public Optional<String> position() {
        return Optional.of("s.ctid");
    }

    @Override
    public void run(PgSession session, String sql, RowGroup group) throws SQLException {
        session.fill(this, group);
        session.execute(sql);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
