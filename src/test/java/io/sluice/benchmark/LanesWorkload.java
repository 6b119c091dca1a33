package io.sluice.benchmark;

import static io.sluice.benchmark.Outcomes.ratio;

import io.sluice.benchmark.SinkRun.Ending;
import io.sluice.benchmark.SinkRunner.Plan;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Database;
import io.sluice.harness.DelayProxy;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What lanes are good for: one partition, a table that is slow to write, and a server that is far away. */
final class LanesWorkload implements Workload {

    private static final String ID = "W4";
    private static final double SHARE = 0.15;
    private static final int TRIAL_SHARE = 4;
    private static final Duration ONE_WAY = Duration.ofNanos(2_500_000);

    /** Small enough for the round trips of a transaction to matter. */
    private static final String BATCH = "500";

    private static final String ONE = "1 lane";
    private static final String FOUR = "4 lanes";
    private static final String FAR = ", 5 ms away";
    private static final List<String> INDEXES = Stream.of("seq", "quantity", "price", "name", "note", "created")
            .map(column -> "CREATE INDEX ON %s (" + column + ")")
            .toList();

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Section run(Rig rig, Scenario scenario, Outcomes outcomes) {
        try (DelayProxy far =
                DelayProxy.to(scenario.database().host(), scenario.database().port(), ONE_WAY)) {
            Feed.Layout layout = new Feed.Layout(1, 1, Format.EIGHT_COLUMNS);
            long records = Math.round(rig.options().records() * SHARE);
            Feed full = Feed.produce(scenario, "w4", layout, new Events.UniqueKeys(records));
            Feed part = Feed.produce(scenario, "w4_part", layout, new Events.UniqueKeys(records / TRIAL_SHARE));
            Stage stage = new Stage(rig, scenario, new Tables(rig, scenario.database(), layout.format(), INDEXES));
            ConnectWorker worker = rig.startWorker(scenario, Sinks.SLUICE, "1g");
            List<Runner> runners = new ArrayList<>();
            setUps(scenario.database(), far).forEach((name, setUp) -> {
                Plan plan = new Plan(List.of(setUp), part, full, Ending.VISIBLE);
                runners.add(new SinkRunner(stage, name, worker, plan));
            });
            return section(outcomes, Rounds.run(rig, ID, runners, rig.options().repetitions(), outcomes));
        }
    }

    private static Map<String, SetUp> setUps(Database database, DelayProxy far) {
        Database farAway = new Database("127.0.0.1", far.port(), database.name(), database.user(), database.password());
        Map<String, SetUp> setUps = new LinkedHashMap<>();
        for (String lanes : List.of("1", "4")) {
            String name = lanes.equals("1") ? ONE : FOUR;
            Map<String, String> settings = Map.of("write.parallelism", lanes, "batch.size", BATCH);
            setUps.put(name, Sinks.sluice(database, settings));
            setUps.put(name + FAR, Sinks.sluice(farAway, settings));
        }
        return setUps;
    }

    private static Section section(Outcomes outcomes, Map<String, String> remarks) {
        Map<String, Double> bars = outcomes.rates(ID);
        return new Section(
                ID,
                "lanes",
                "New rows of eight columns from one partition into a table with six secondary indexes. Sluice alone, with"
                        + " write.parallelism 1 and 4, and with batch.size " + BATCH
                        + ". 5 ms away means through a proxy that delays everything by 2.5 ms each way and"
                        + " limits nothing.",
                List.of(RateTable.of(outcomes.of(ID), remarks, bars)),
                List.of(
                        Target.atLeast(1.5, "4 lanes / 1 lane", ratio(outcomes.rate(ID, FOUR), outcomes.rate(ID, ONE))),
                        Target.atLeast(
                                3,
                                "4 lanes / 1 lane, 5 ms away",
                                ratio(outcomes.rate(ID, FOUR + FAR), outcomes.rate(ID, ONE + FAR)))),
                "rows/s",
                bars);
    }
}
