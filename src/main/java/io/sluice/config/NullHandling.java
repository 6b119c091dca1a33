package io.sluice.config;

/** What becomes of a null in a field whose schema has a default. */
public enum NullHandling {
    /** The schema's default is written. */
    DEFAULT_VALUE,
    /** NULL is written. */
    NULL
}
