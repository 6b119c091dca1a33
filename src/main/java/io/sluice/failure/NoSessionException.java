package io.sluice.failure;

import java.io.Serial;
import java.sql.SQLException;

/**
 * All sessions of the task are at work, and the server has none more to give. That is no failure of the server: whoever meets
 * it asks again, and counts nothing.
 */
public final class NoSessionException extends SQLException {
    @Serial
    private static final long serialVersionUID = 1;

    public NoSessionException() {
        super("All sessions of the task are in use");
    }
}
