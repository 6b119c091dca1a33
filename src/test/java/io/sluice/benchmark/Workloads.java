package io.sluice.benchmark;

import static io.sluice.benchmark.Outcomes.difference;
import static io.sluice.benchmark.Outcomes.ratio;
import static io.sluice.benchmark.Target.atLeast;
import static io.sluice.benchmark.Target.atMost;

import io.sluice.benchmark.StreamWorkload.Amounts;
import io.sluice.benchmark.StreamWorkload.Field;
import io.sluice.benchmark.StreamWorkload.Title;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All workloads, in the order in which they run. */
final class Workloads {

    private static final String SMALL_HEAP = "256m";

    private Workloads() {}

    static List<Workload> all() {
        return List.of(uniqueKeys(), plainInserts());
    }

    private static Workload uniqueKeys() {
        return new StreamWorkload(
                new Title(
                        "W1", "unique keys, upsert", "Each record is a new row of eight columns, in eight partitions."),
                new Feed.Layout(1, 8, Format.EIGHT_COLUMNS),
                new Amounts(Events.UniqueKeys::new, 1, 4),
                new Field(Map.of(), List.of(SMALL_HEAP), Optional.of(Map.of()), List.of(LoadMode.MERGE, LoadMode.COPY)),
                Workloads::uniqueKeysTargets);
    }

    private static List<Target> uniqueKeysTargets(Outcomes outcomes) {
        var sluice = outcomes.rate("W1", Sinks.SLUICE);
        var merge = ratio(sluice, outcomes.bound("W1", LoadMode.MERGE));
        return List.of(
                atLeast(5, "Sluice / Debezium", ratio(sluice, outcomes.rate("W1", Sinks.DEBEZIUM))),
                atLeast(0.85, "Sluice / bound of merge", merge),
                atLeast(1.2, "the same, with COPY first", merge),
                atMost(
                        2.5,
                        "worker's µs a row beyond the dropping sink's",
                        difference(
                                outcomes.value("W1", Sinks.SLUICE, Series::workerMicros),
                                outcomes.value("W1", Sinks.DROP, Series::workerMicros))),
                atLeast(
                        0.9,
                        "Sluice with -Xmx" + SMALL_HEAP + " / with -Xmx1g",
                        ratio(outcomes.rate("W1", Sinks.SLUICE + "-" + SMALL_HEAP), sluice)));
    }

    private static Workload plainInserts() {
        return new StreamWorkload(
                new Title("W2", "unique keys, insert", "The records of W1, with insert.mode=insert."),
                new Feed.Layout(1, 8, Format.EIGHT_COLUMNS),
                new Amounts(Events.UniqueKeys::new, 1, 4),
                new Field(
                        Map.of("insert.mode", "insert"),
                        List.of(),
                        Optional.of(Map.of("insert.mode", "insert")),
                        List.of(LoadMode.COPY)),
                outcomes -> List.of(atLeast(
                        0.85,
                        "Sluice / bound of COPY",
                        ratio(outcomes.rate("W2", Sinks.SLUICE), outcomes.bound("W2", LoadMode.COPY)))));
    }
}
