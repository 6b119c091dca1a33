package io.sluice.benchmark;

import static io.sluice.benchmark.Outcomes.difference;
import static io.sluice.benchmark.Outcomes.ratio;
import static io.sluice.benchmark.Target.atLeast;
import static io.sluice.benchmark.Target.atMost;

import io.sluice.benchmark.StreamWorkload.Amounts;
import io.sluice.benchmark.StreamWorkload.Field;
import io.sluice.benchmark.StreamWorkload.Title;
import io.sluice.benchmark.StreamWorkload.Variant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All workloads, in the order in which they run. */
final class Workloads {

    private static final String SMALL_HEAP = "256m";
    private static final String ONCE = "-exactly-once";
    private static final Variant SMALL = new Variant("-" + SMALL_HEAP, SMALL_HEAP, Map.of());
    private static final Variant EXACTLY_ONCE = new Variant(
            ONCE,
            "1g",
            Map.of("delivery.guarantee", "exactly_once", "consumer.override.isolation.level", "read_committed"));

    private Workloads() {}

    static List<Workload> all() {
        return List.of(
                uniqueKeys(),
                plainInserts(),
                hotKeys(),
                new LanesWorkload(),
                manyTopics(),
                json(),
                manyColumns(),
                changeEvents(),
                new LatencyWorkload(),
                new OutageWorkload(),
                new BadRecordsWorkload(),
                new CostWorkload());
    }

    private static Workload uniqueKeys() {
        return new StreamWorkload(
                new Title(
                        "W1", "unique keys, upsert", "Each record is a new row of eight columns, in eight partitions."),
                new Feed.Layout(1, 8, Format.EIGHT_COLUMNS),
                new Amounts(Events.UniqueKeys::new, 1, 4),
                new Field(
                        Map.of(),
                        List.of(EXACTLY_ONCE, SMALL),
                        Optional.of(Map.of()),
                        List.of(LoadMode.MERGE, LoadMode.COPY)),
                Workloads::uniqueKeysTargets);
    }

    private static List<Target> uniqueKeysTargets(Outcomes outcomes) {
        var sluice = outcomes.rate("W1", Sinks.SLUICE);
        var merge = ratio(sluice, outcomes.bound("W1", LoadMode.MERGE));
        return List.of(
                atLeast(5, "Sluice / Debezium", overDebezium(outcomes, "W1")),
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
                        ratio(outcomes.rate("W1", Sinks.SLUICE + SMALL.name()), sluice)),
                costOfExactlyOnce(outcomes, "W1"));
    }

    private static Target costOfExactlyOnce(Outcomes outcomes, String workload) {
        return atLeast(
                0.95,
                "Sluice exactly once / at least once",
                ratio(outcomes.rate(workload, Sinks.SLUICE + ONCE), outcomes.rate(workload, Sinks.SLUICE)));
    }

    private static Workload plainInserts() {
        return new StreamWorkload(
                new Title("W2", "unique keys, insert", "The records of W1, with insert.mode=insert."),
                new Feed.Layout(1, 8, Format.EIGHT_COLUMNS),
                new Amounts(Events.UniqueKeys::new, 1, 4),
                new Field(
                        Map.of("insert.mode", "insert"),
                        List.of(EXACTLY_ONCE),
                        Optional.of(Map.of("insert.mode", "insert")),
                        List.of(LoadMode.COPY)),
                outcomes -> List.of(
                        atLeast(
                                0.85,
                                "Sluice / bound of COPY",
                                ratio(outcomes.rate("W2", Sinks.SLUICE), outcomes.bound("W2", LoadMode.COPY))),
                        costOfExactlyOnce(outcomes, "W2")));
    }

    private static Workload hotKeys() {
        return new StreamWorkload(
                new Title(
                        "W3",
                        "updates of hot keys",
                        "Each record is a change of one of 50,000 rows, at random, in eight partitions. The table is empty at"
                                + " first. The loader brings the last change of each key in a batch."),
                new Feed.Layout(1, 8, Format.EIGHT_COLUMNS),
                new Amounts(records -> new Events.HotKeys(records, 50_000), 1, 4),
                new Field(Map.of(), List.of(), Optional.of(Map.of()), List.of(LoadMode.MERGE)),
                outcomes -> List.of(atLeast(6, "Sluice / Debezium", overDebezium(outcomes, "W3"))));
    }

    private static Workload manyTopics() {
        return new StreamWorkload(
                new Title(
                        "W5",
                        "many topics",
                        "The rows of W1 in 500 topics of one partition each, into 500 tables, by one task."),
                new Feed.Layout(500, 1, Format.EIGHT_COLUMNS),
                new Amounts(Events.UniqueKeys::new, 0.5, 4),
                new Field(Map.of(), List.of(), Optional.empty(), List.of()),
                outcomes -> List.of(atLeast(
                        0.5,
                        "Sluice / Sluice in W1",
                        ratio(outcomes.rate("W5", Sinks.SLUICE), outcomes.rate("W1", Sinks.SLUICE)))));
    }

    private static Workload json() {
        return new StreamWorkload(
                new Title(
                        "W6",
                        "JSON without schemas",
                        "The rows of W1 as JSON, read by Kafka's JsonConverter with schemas.enable=false. Debezium's sink"
                                + " cannot take them."),
                new Feed.Layout(1, 8, Format.JSON),
                new Amounts(Events.UniqueKeys::new, 0.5, 4),
                new Field(Map.of(), List.of(), Optional.empty(), List.of(LoadMode.MERGE, LoadMode.COPY)),
                outcomes -> List.of(ofBound(outcomes, "W6")));
    }

    private static Workload manyColumns() {
        return new StreamWorkload(
                new Title("W7", "forty columns", "Each record is a new row of forty columns, in eight partitions."),
                new Feed.Layout(1, 8, Format.FORTY_COLUMNS),
                new Amounts(Events.UniqueKeys::new, 0.5, 8),
                new Field(Map.of(), List.of(), Optional.of(Map.of()), List.of(LoadMode.MERGE, LoadMode.COPY)),
                outcomes -> List.of(ofBound(outcomes, "W7")));
    }

    private static Workload changeEvents() {
        return new StreamWorkload(
                new Title(
                        "W8",
                        "change events",
                        "Events in Debezium's envelope: of ten, five create rows of eight columns, three update and two"
                                + " delete older ones. A tombstone follows each deletion, as is Debezium's default; it does"
                                + " not count as a row."),
                new Feed.Layout(1, 8, Format.CHANGE_EVENTS),
                new Amounts(Events.Changes::new, 0.5, 8),
                new Field(
                        Map.of("delete.enabled", "true"),
                        List.of(),
                        Optional.of(Map.of("delete.enabled", "true", "primary.key.mode", "record_key")),
                        List.of()),
                outcomes -> List.of(atLeast(6, "Sluice / Debezium", overDebezium(outcomes, "W8"))));
    }

    private static OptionalDouble overDebezium(Outcomes outcomes, String workload) {
        return ratio(outcomes.rate(workload, Sinks.SLUICE), outcomes.rate(workload, Sinks.DEBEZIUM));
    }

    private static Target ofBound(Outcomes outcomes, String workload) {
        return atLeast(
                0.8,
                "Sluice / bound of merge",
                ratio(outcomes.rate(workload, Sinks.SLUICE), outcomes.bound(workload, LoadMode.MERGE)));
    }
}
