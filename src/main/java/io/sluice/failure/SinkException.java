package io.sluice.failure;

import io.sluice.record.Printable;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * What fails a task: one paragraph whose first line is enough to know what happened and what to do. It never holds a
 * value of a row or a secret, and so it has no cause: the cause's own message might.
 */
public sealed class SinkException extends ConnectException permits BadRecordException {
    private static final long serialVersionUID = 1L;

    public SinkException(String message) {
        super(Printable.of(message));
    }
}
