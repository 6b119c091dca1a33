package io.sluice.config;

/** What is done where a topic no longer holds the offset that PostgreSQL has for it, because it was made anew. */
public enum OffsetMismatch {
    /** The task fails, and a human decides. */
    FAIL,
    /** What the topic holds now is all new. */
    RESTART,
    /** What the topic holds now before the stored offset counts as written. */
    SKIP
}
