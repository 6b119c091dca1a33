package io.sluice.delivery;

import java.util.Map;

/** How a group shares out its partitions. */
enum Protocol {
    EAGER,
    COOPERATIVE,
    CONSUMER;

    /** Settings of a connector on a worker that asks for KIP-848 by default. */
    Map<String, String> settings() {
        return switch (this) {
            case EAGER -> classic();
            case COOPERATIVE ->
                Settings.of(
                        classic(),
                        Map.of(
                                "consumer.override.partition.assignment.strategy",
                                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"));
            case CONSUMER -> Map.of("consumer.override.group.protocol", "consumer");
        };
    }

    private static Map<String, String> classic() {
        return Map.of(
                "consumer.override.group.protocol", "classic",
                "consumer.override.session.timeout.ms", "6000",
                "consumer.override.heartbeat.interval.ms", "1000");
    }
}
