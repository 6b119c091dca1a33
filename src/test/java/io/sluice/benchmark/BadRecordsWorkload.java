package io.sluice.benchmark;

import static io.sluice.benchmark.Outcomes.ratio;

import io.sluice.benchmark.SinkRun.Ending;
import io.sluice.benchmark.SinkRunner.Plan;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Database;
import io.sluice.harness.Scenario;
import java.util.List;
import java.util.Map;

/** What bad records cost: the records of W1, and the same with one in two thousand that the table refuses. */
final class BadRecordsWorkload implements Workload {
    private static final String ID = "BAD";
    private static final String SOME_BAD = Sinks.SLUICE + "-bad";
    private static final int ONE_IN = 2_000;
    private static final int TRIAL_SHARE = 4;
    private static final String LETTERS = "letters";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Section run(Rig rig, Scenario scenario, Outcomes outcomes) {
        int records = rig.options().records();
        Database database = scenario.database();
        Stage stage = new Stage(
                rig,
                scenario,
                new Tables(rig, database, Format.EIGHT_COLUMNS, List.of("ALTER TABLE %s ADD CHECK (id >= 0)")));
        ConnectWorker worker = rig.startWorker(scenario, Sinks.SLUICE, "1g");
        SetUp setUp = Sinks.sluice(database, Map.of("errors.tolerance", "all", "errors.table", LETTERS));
        Feed part = feed(scenario, "bad_part", new Events.UniqueKeys(records / TRIAL_SHARE));
        Feed good = feed(scenario, "bad_none", new Events.UniqueKeys(records));
        Events.SomeRefused events = new Events.SomeRefused(records, ONE_IN);
        Feed mixed = feed(scenario, "bad_some", events);
        Runner clean = runner(stage, Sinks.SLUICE, worker, new Plan(List.of(setUp), part, good, Ending.VISIBLE));
        Runner bad = runner(stage, SOME_BAD, worker, new Plan(List.of(setUp), part, mixed, Ending.VISIBLE));
        List<Runner> runners = List.of(clean, new WithLetters(bad, database, events.refused()));
        return section(outcomes, Rounds.run(rig, ID, runners, rig.options().repetitions(), outcomes));
    }

    private static Feed feed(Scenario scenario, String name, Events events) {
        return Feed.produce(scenario, name, new Feed.Layout(1, 8, Format.EIGHT_COLUMNS), events);
    }

    private static Runner runner(Stage stage, String name, ConnectWorker worker, Plan plan) {
        return new SinkRunner(stage, name, worker, plan);
    }

    private static Section section(Outcomes outcomes, Map<String, String> remarks) {
        Map<String, Double> bars = outcomes.rates(ID);
        return new Section(
                ID,
                "bad records",
                "The records of W1, all good and with one in " + ONE_IN
                        + " that the table refuses, which has to be in the table of dead letters with its coordinates"
                        + " and its SQLSTATE after each run.",
                List.of(RateTable.of(outcomes.of(ID), remarks, bars)),
                List.of(Target.atLeast(
                        0.5,
                        "rows/s with bad records / without",
                        ratio(outcomes.rate(ID, SOME_BAD), outcomes.rate(ID, Sinks.SLUICE)))),
                "rows/s",
                bars);
    }

    /** Looks for the letters after each run, each refused record being one, and takes them away. */
    private record WithLetters(Runner runner, Database database, long refused) implements Runner {
        @Override
        public String name() {
            return runner.name();
        }

        @Override
        public void warmUp() {
            runner.warmUp();
            database.execute("DROP TABLE IF EXISTS " + LETTERS);
        }

        @Override
        public Measurement measure() {
            Measurement measurement = runner.measure();
            long letters = database.number("SELECT count(DISTINCT (part, record_offset)) FROM " + LETTERS
                    + " WHERE topic <> '' AND reason <> '' AND sqlstate = '23514'");
            if (letters != refused || database.count(LETTERS) != refused) {
                throw new BenchmarkException("Of " + refused + " refused records " + letters + " are dead letters.");
            }
            database.execute("DROP TABLE IF EXISTS " + LETTERS);
            return measurement;
        }

        @Override
        public String remark() {
            return runner.remark();
        }

        @Override
        public void close() {
            runner.close();
        }
    }
}
