package io.sluice.quickstart;

/** The quickstart cannot do what it was asked for. The message is for the user: what is wrong, and the way out. */
final class QuickstartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QuickstartException(String message) {
        super(message);
    }

    QuickstartException(String message, Throwable cause) {
        super(message, cause);
    }
}
