package io.sluice.config;

/** How far validation goes; each level includes the ones before it. */
public enum ValidationLevel {
    /** The configuration alone. */
    SYNTAX,
    /** A login as well. */
    CONNECT,
    /** Tables, keys and privileges as well. */
    TARGET
}
