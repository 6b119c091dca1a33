package io.sluice.failure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record that cannot be written, whatever is tried. Fails the task unless bad records are tolerated. */
public final class BadRecordException extends SinkException {
    private static final long serialVersionUID = 1L;

    private final String table;
    private final @Nullable String sqlState;

    BadRecordException(String message, String table, @Nullable String sqlState) {
        super(message);
        this.table = table;
        this.sqlState = sqlState;
    }

    /** The table that the record was for; empty where that is not known. */
    public String table() {
        return table;
    }

    /** What PostgreSQL has refused it with, where it was PostgreSQL. */
    public Optional<String> sqlState() {
        return Optional.ofNullable(sqlState);
    }
}
