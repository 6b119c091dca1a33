package io.sluice.failure;

import java.sql.SQLException;

/** PostgreSQL refuses to create or change a table, which is no record's fault and which no retry mends. */
public final class DefinitionException extends SQLException {
    private static final long serialVersionUID = 1L;

    public DefinitionException(SQLException cause) {
        super("a table's definition was refused", cause.getSQLState(), cause);
    }
}
