package io.sluice.watch;

import io.sluice.metrics.PartitionGauge;
import java.util.Locale;

/**
 * How far a topic is behind, as far as the task has it.
 *
 * @param records not durable
 * @param in new ones a second
 * @param out durable ones a second
 */
record Lag(double records, double in, double out) {
    static Lag of(PartitionGauge partition) {
        return new Lag(
                partition.getLagRecords(), partition.getRecordsPerSecondIn(), partition.getRecordsPerSecondOut());
    }

    Lag plus(Lag other) {
        return new Lag(records + other.records, in + other.in, out + other.out);
    }

    String fallsBehind(String topic) {
        return String.format(
                Locale.ROOT,
                "%s falls behind: %,.0f records a second in, %,.0f out, %,.0f are waiting",
                topic,
                in,
                out,
                records);
    }
}
