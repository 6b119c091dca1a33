package io.sluice.config;

/** Which changes are certain to be written in the order in which they came. */
public enum WriteOrdering {
    /** Changes of one primary key. */
    KEY,
    /** Changes of one topic partition. */
    PARTITION
}
