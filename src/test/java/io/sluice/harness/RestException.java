package io.sluice.harness;

/** A worker answered with an error. */
public final class RestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    RestException(String call, int status, String body) {
        super(call + " answered " + status + ": " + body);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
