package io.sluice.cdc;

import java.util.List;

/** What is lost before it reaches a topic: in Debezium, or in the JSON converter. No sink can bring it back. */
final class Limits {

    private Limits() {}

    /** With Debezium's own defaults. */
    static List<Limit> ofEnvelopes() {
        return List.of();
    }

    /** With structured temporals and decimals as strings. */
    static List<Limit> ofFlattened() {
        return List.of();
    }
}
