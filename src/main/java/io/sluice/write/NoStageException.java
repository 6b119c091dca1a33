package io.sluice.write;

import java.sql.SQLException;
import java.util.Set;

/** There is no temporary table for rows: the role may not make one, or it is gone although it was made. */
final class NoStageException extends SQLException {
    private static final long serialVersionUID = 1L;

    /** Insufficient privilege, and feature not supported. */
    private static final Set<String> REFUSALS = Set.of("42501", "0A000");
    /** Undefined table, and invalid schema name: the other session has no schema for temporary tables yet. */
    private static final Set<String> LOSSES = Set.of("42P01", "3F000");

    private final SQLException error;

    private NoStageException(SQLException error) {
        super(error.getMessage(), error.getSQLState(), error);
        this.error = error;
    }

    /** The error of a statement that makes a stage. */
    static SQLException whileMaking(SQLException error) {
        return REFUSALS.contains(String.valueOf(error.getSQLState())) ? new NoStageException(error) : error;
    }

    /** The error of a statement that does nothing but use a stage which was made. */
    static SQLException whileUsing(SQLException error) {
        return LOSSES.contains(String.valueOf(error.getSQLState())) ? new NoStageException(error) : error;
    }

    boolean isLoss() {
        return LOSSES.contains(String.valueOf(getSQLState()));
    }

    /** What the server said. */
    SQLException error() {
        return error;
    }
}
