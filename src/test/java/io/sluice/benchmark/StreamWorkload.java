package io.sluice.benchmark;

import io.sluice.benchmark.SinkRun.Ending;
import io.sluice.benchmark.SinkRunner.Plan;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Database;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** A stream that lies in Kafka already: how fast does it get into its tables? The contenders take turns. */
record StreamWorkload(
        Title title, Feed.Layout layout, Amounts amounts, Field field, Function<Outcomes, List<Target>> targets)
        implements Workload {

    private static final String HEAP = "1g";

    record Title(String id, String name, String text) {}

    /**
     * How much.
     *
     * @param events the stream, by its length
     * @param share of the benchmark's number of records
     * @param slower by how much a slow contender's stream is shorter, and that of trials
     */
    record Amounts(LongFunction<Events> events, double share, int slower) {}

    /**
     * Sluice as it is measured besides.
     *
     * @param name what is added to its name
     * @param heap as the JVM takes it
     */
    record Variant(String name, String heap, Map<String, String> settings) {}

    /**
     * Who takes part, besides the dropping sink.
     *
     * @param sluice what is set besides Sluice's defaults
     * @param variants of Sluice that are measured besides
     * @param debezium what is set besides Debezium's usual set-ups; empty when it cannot take part
     */
    record Field(
            Map<String, String> sluice,
            List<Variant> variants,
            Optional<Map<String, String>> debezium,
            List<LoadMode> loaders) {}

    @Override
    public String id() {
        return title.id();
    }

    @Override
    public Section run(Rig rig, Scenario scenario, Outcomes outcomes) {
        long records = Math.round(rig.options().records() * amounts.share());
        String name = id().toLowerCase(Locale.ROOT);
        Feed full = Feed.produce(scenario, name, layout, amounts.events().apply(records));
        Feed part =
                Feed.produce(scenario, name + "_part", layout, amounts.events().apply(records / amounts.slower()));
        Stage stage = new Stage(rig, scenario, new Tables(rig, scenario.database(), layout.format(), List.of()));
        return section(
                outcomes,
                Rounds.run(rig, id(), runners(stage, full, part), rig.options().repetitions(), outcomes));
    }

    private List<Runner> runners(Stage stage, Feed full, Feed part) {
        Database database = stage.scenario().database();
        BenchmarkOptions options = stage.rig().options();
        List<Runner> runners = new ArrayList<>();
        if (options.asksFor(Sinks.SLUICE)) {
            // Two JVMs with the same code differ by more than most variants do, so those of one heap share a worker.
            Map<String, ConnectWorker> workers = new HashMap<>();
            variants(options)
                    .forEach(variant -> runners.add(sluice(
                            stage,
                            variant,
                            workers.computeIfAbsent(
                                    variant.heap(),
                                    heap -> stage.rig()
                                            .startWorker(stage.scenario(), Sinks.SLUICE + variant.name(), heap)),
                            part,
                            full)));
        }
        if (options.asksFor(Sinks.DEBEZIUM) && field.debezium().isPresent()) {
            List<SetUp> setUps = Sinks.debezium(database).stream()
                    .map(setUp -> setUp.with(field.debezium().get()))
                    .toList();
            runners.add(sink(stage, Sinks.DEBEZIUM, new Plan(setUps, part, part, Ending.VISIBLE)));
        }
        if (options.asksFor(Sinks.DROP)) {
            Plan plan = new Plan(List.of(Sinks.drop()), part, full, Ending.CONVERTED);
            runners.add(sink(stage, Sinks.DROP, plan));
        }
        if (options.asksFor(Sinks.LOADER)) {
            field.loaders().forEach(mode -> runners.add(new LoaderRunner(stage, mode.contender(), mode, part, full)));
        }
        return runners;
    }

    /** An earlier build is compared with this one and with nothing else, since each further contender takes time between them. */
    private Stream<Variant> variants(BenchmarkOptions options) {
        Stream<Variant> others = options.baseline().isPresent()
                ? Stream.of(new Variant(
                        Sinks.BASELINE.substring(Sinks.SLUICE.length()),
                        HEAP,
                        Map.of("connector.plugin.version", "[" + Sinks.BASELINE_VERSION + "]")))
                : field.variants().stream();
        return Stream.concat(Stream.of(new Variant("", HEAP, Map.of())), others);
    }

    private Runner sluice(Stage stage, Variant variant, ConnectWorker worker, Feed part, Feed full) {
        Map<String, String> settings = new LinkedHashMap<>(field.sluice());
        settings.putAll(variant.settings());
        SetUp setUp = Sinks.sluice(stage.scenario().database(), settings);
        Plan plan = new Plan(List.of(setUp), part, full, Ending.VISIBLE);
        return new SinkRunner(stage, Sinks.SLUICE + variant.name(), worker, plan);
    }

    private static Runner sink(Stage stage, String name, Plan plan) {
        return new SinkRunner(stage, name, stage.rig().startWorker(stage.scenario(), name, HEAP), plan);
    }

    private Section section(Outcomes outcomes, Map<String, String> remarks) {
        Map<String, Double> bars = outcomes.rates(id());
        for (LoadMode mode : field.loaders()) {
            outcomes.bound(id(), mode).ifPresent(bound -> bars.put(boundName(mode), bound));
        }
        return new Section(
                id(),
                title.name(),
                title.text(),
                List.of(RateTable.of(outcomes.of(id()), remarks, bars)),
                outcomes.rate(id(), Sinks.BASELINE).isPresent() ? overBaseline(outcomes) : targets.apply(outcomes),
                "rows/s",
                bars);
    }

    private List<Target> overBaseline(Outcomes outcomes) {
        return List.of(Target.atLeast(
                0.97,
                "Sluice / baseline",
                Outcomes.ratio(outcomes.rate(id(), Sinks.SLUICE), outcomes.rate(id(), Sinks.BASELINE))));
    }

    static String boundName(LoadMode mode) {
        return "bound of " + mode.name().toLowerCase(Locale.ROOT);
    }
}
