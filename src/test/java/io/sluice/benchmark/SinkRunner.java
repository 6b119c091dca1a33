package io.sluice.benchmark;

import io.sluice.benchmark.SinkRun.Ending;
import io.sluice.harness.ConnectWorker;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sink on a worker that lives as long as the workload, so that its code is compiled. */
final class SinkRunner implements Runner {

    private final Stage stage;
    private final String name;
    private final ConnectWorker worker;
    private final Plan plan;
    private SetUp best;
    private int runs;

    /**
     * What to run.
     *
     * @param setUps one of them or more; the fastest of them is measured
     * @param trial what to find out the fastest with
     * @param feed what to measure
     */
    record Plan(List<SetUp> setUps, Feed trial, Feed feed, Ending ending) {}

    SinkRunner(Stage stage, String name, ConnectWorker worker, Plan plan) {
        this.stage = stage;
        this.name = name;
        this.plan = plan;
        this.best = plan.setUps().get(0);
        this.worker = worker;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String remark() {
        return best.remark();
    }

    @Override
    public void warmUp() {
        long start = System.nanoTime();
        run(plan.trial(), best);
        if (plan.setUps().size() > 1) {
            Map<Double, SetUp> byRate = new TreeMap<>(Comparator.reverseOrder());
            plan.setUps().forEach(setUp -> byRate.put(tryOut(setUp), setUp));
            best = byRate.values().iterator().next();
        }
        while (System.nanoTime() - start < stage.rig().options().warmUp().toNanos()) {
            run(plan.feed(), best);
        }
    }

    @Override
    public Measurement measure() {
        return run(plan.feed(), best);
    }

    @Override
    public void close() {}

    /** Rows a second, none where these settings do not suit these rows. */
    private double tryOut(SetUp setUp) {
        try {
            double rate = run(plan.trial(), setUp).rate();
            stage.rig().out().printf("  %s, %s: %,.0f rows/s in a trial%n", name, setUp.remark(), rate);
            return rate;
        } catch (BenchmarkException e) {
            String reason = e.getMessage().lines().findFirst().orElse("");
            stage.rig().out().printf("  %s, %s: not possible here. %s%n", name, setUp.remark(), reason);
            return 0;
        }
    }

    private Measurement run(Feed feed, SetUp setUp) {
        runs++;
        String connector = name.replaceAll("[^A-Za-z0-9]+", "-") + "-" + runs;
        return new SinkRun(stage, worker, connector, feed, plan.ending()).measure(setUp);
    }
}
