package io.sluice.watch;

/**
 * Why something is slow, as PostgreSQL says.
 *
 * @param kind what it is, for not saying the same twice
 * @param text in words, for a line of the log
 */
record Cause(String kind, String text) {
    static final Cause UNKNOWN = new Cause("unknown", "PostgreSQL shows nothing that writing waits for");

    /** The task has said so itself, and says when it is over. */
    static final Cause AWAY = new Cause("away", "PostgreSQL cannot be reached");

    boolean isKnown() {
        return !kind.equals(UNKNOWN.kind());
    }
}
