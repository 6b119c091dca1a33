package io.sluice.metrics;

/**
 * The task's connections to PostgreSQL.
 *
 * @param active in use
 * @param idle open and not in use
 * @param waiting threads that wait for one
 */
public record Connections(int active, int idle, int waiting) {
    static final Connections NONE = new Connections(0, 0, 0);
}
