package io.sluice.benchmark;

import static io.sluice.benchmark.Outcomes.ratio;

import io.sluice.benchmark.SinkRun.Ending;
import io.sluice.benchmark.SinkRunner.Plan;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Whether rows get dearer as the table grows: the records of W1, and ten times as many. The former take turns like those of
 * other workloads, since all ratios stand on them; the latter are one run each, long enough for what differs between runs
 * to even out.
 */
final class CostWorkload implements Workload {

    private static final String ID = "COST";
    private static final int TIMES = 10;
    private static final int TRIAL_SHARE = 4;
    private static final String MORE = " × " + TIMES;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Section run(Rig rig, Scenario scenario, Outcomes outcomes) {
        int records = rig.options().records();
        Feed part = feed(scenario, "cost_part", records / TRIAL_SHARE);
        Feed usual = feed(scenario, "cost", records);
        Feed large = feed(scenario, "cost_large", (long) records * TIMES);
        Stage stage = new Stage(rig, scenario, new Tables(rig, scenario.database(), Format.EIGHT_COLUMNS, List.of()));
        List<Runner> usualSize = new ArrayList<>();
        List<Runner> largeSize = new ArrayList<>();
        if (rig.options().asksFor(Sinks.SLUICE)) {
            ConnectWorker worker = rig.startWorker(scenario, Sinks.SLUICE, "1g");
            SetUp setUp = Sinks.sluice(scenario.database(), Map.of());
            Plan plan = new Plan(List.of(setUp), part, usual, Ending.VISIBLE);
            usualSize.add(new SinkRunner(stage, Sinks.SLUICE, worker, plan));
            Plan largePlan = new Plan(List.of(setUp), part, large, Ending.VISIBLE);
            largeSize.add(new SinkRunner(stage, Sinks.SLUICE + MORE, worker, largePlan));
        }
        if (rig.options().asksFor(Sinks.LOADER)) {
            usualSize.add(new LoaderRunner(stage, LoadMode.MERGE.contender(), LoadMode.MERGE, part, usual));
            largeSize.add(new LoaderRunner(stage, LoadMode.MERGE.contender() + MORE, LoadMode.MERGE, part, large));
        }
        Rounds.run(rig, ID, usualSize, rig.options().repetitions(), outcomes);
        Rounds.run(rig, ID, largeSize, 1, outcomes);
        return section(outcomes);
    }

    private static Feed feed(Scenario scenario, String name, long records) {
        return Feed.produce(
                scenario, name, new Feed.Layout(1, 8, Format.EIGHT_COLUMNS), new Events.UniqueKeys(records));
    }

    private static Section section(Outcomes outcomes) {
        String loader = LoadMode.MERGE.contender();
        Map<String, Double> bars = outcomes.rates(ID);
        OptionalDouble growth = growth(outcomes, Sinks.SLUICE);
        OptionalDouble loaderGrowth = growth(outcomes, loader);
        return new Section(
                ID,
                "cost",
                "The records of W1 and, in one run each, ten times as many. Growth is processor time a row with ten times as many"
                        + " rows, divided by that without: of PostgreSQL, and of worker or loader.",
                List.of(RateTable.of(outcomes.of(ID), Map.of(), bars)),
                List.of(
                        Target.atLeast(
                                0.7,
                                "Sluice's rows/s" + MORE + " / its rows/s",
                                ratio(outcomes.rate(ID, Sinks.SLUICE + MORE), outcomes.rate(ID, Sinks.SLUICE))),
                        Target.atMost(1, "growth of Sluice / of the loader", ratio(growth, loaderGrowth))),
                "rows/s",
                bars);
    }

    private static OptionalDouble growth(Outcomes outcomes, String contender) {
        return ratio(
                outcomes.value(ID, contender + MORE, Series::totalMicros),
                outcomes.value(ID, contender, Series::totalMicros));
    }
}
