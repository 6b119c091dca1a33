package io.sluice.benchmark;

import io.sluice.harness.Scenario;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/** How long it takes from the call that sends a record until another session sees its row. */
final class LatencyWorkload implements Workload {

    private static final String ID = "W9";
    private static final int PER_SECOND = 1000;
    private static final int WARM_UP_SECONDS = 10;
    private static final int SECONDS = 30;
    private static final long LOOK_NANOS = 1_000_000;
    private static final long BUDGET_NANOS = 60_000_000_000L;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Section run(Rig rig, Scenario scenario, Outcomes outcomes) {
        Map<String, List<Percentiles>> results = new LinkedHashMap<>();
        Map<String, Long> next = new HashMap<>();
        List<LiveSink> sinks = sinks(rig, scenario);
        for (LiveSink sink : sinks) {
            next.put(sink.name(), measure(rig, sink, 0, WARM_UP_SECONDS, new ArrayList<>()));
        }
        for (int repetition = 1; repetition <= rig.options().repetitions(); repetition++) {
            for (LiveSink sink : sinks) {
                List<Long> nanos = new ArrayList<>();
                next.put(sink.name(), measure(rig, sink, next.get(sink.name()), SECONDS, nanos));
                Percentiles percentiles = Percentiles.of(nanos);
                results.computeIfAbsent(sink.name(), none -> new ArrayList<>()).add(percentiles);
                rig.out().println("  " + ID + " run " + repetition + ", " + sink.name() + ": " + percentiles);
            }
        }
        return section(results);
    }

    private static List<LiveSink> sinks(Rig rig, Scenario scenario) {
        List<LiveSink> sinks = new ArrayList<>();
        Map<String, SetUp> setUps = new LinkedHashMap<>();
        setUps.put(Sinks.SLUICE, Sinks.sluice(scenario.database(), Map.of()));
        setUps.put(Sinks.DEBEZIUM, Sinks.debezium(scenario.database()).get(0));
        setUps.forEach((name, setUp) -> {
            if (rig.options().asksFor(name)) {
                sinks.add(LiveSink.start(rig, scenario, name, setUp));
            }
        });
        return sinks;
    }

    /** Sends for some seconds, and adds the latency of each row. Returns the id to go on with. */
    private static long measure(Rig rig, LiveSink sink, long first, int seconds, List<Long> nanos) {
        Map<Long, Long> sent = new ConcurrentHashMap<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try (Connection connection = sink.database().connect();
                LiveProducer producer = new LiveProducer(
                        rig.environment().broker().bootstrapServers(),
                        sink.topic(),
                        first,
                        PER_SECOND,
                        id -> sent.put(id, System.nanoTime()))) {
            while (System.nanoTime() < end) {
                look(sink, connection, sent, nanos);
            }
            producer.beginToStop();
            while (producer.isRunning() || !sent.isEmpty()) {
                look(sink, connection, sent, nanos);
                if (System.nanoTime() - end > BUDGET_NANOS) {
                    throw new BenchmarkException(sent.size() + " rows do not come. "
                            + sink.connector().status());
                }
            }
            producer.stop();
            return producer.next();
        } catch (SQLException e) {
            throw new BenchmarkException("PostgreSQL did not say whether the rows are there.", e);
        }
    }

    private static void look(LiveSink sink, Connection connection, Map<Long, Long> sent, List<Long> nanos)
            throws SQLException {
        long next = System.nanoTime() + LOOK_NANOS;
        Set<Long> visible = sink.visible(connection, new HashMap<>(sent).keySet());
        long now = System.nanoTime();
        visible.forEach(id -> nanos.add(now - sent.remove(id)));
        LockSupport.parkNanos(next - System.nanoTime());
    }

    private static Section section(Map<String, List<Percentiles>> results) {
        List<List<String>> rows = new ArrayList<>();
        Map<String, Double> bars = new LinkedHashMap<>();
        results.forEach((name, runs) -> {
            Percentiles median = Percentiles.median(runs);
            rows.add(List.of(
                    name,
                    Numbers.hundredths(median.p50()),
                    Numbers.hundredths(median.p99()),
                    Numbers.hundredths(median.max())));
            bars.put(name + " p50", median.p50());
            bars.put(name + " p99", median.p99());
        });
        List<Percentiles> sluice = results.getOrDefault(Sinks.SLUICE, List.of());
        return new Section(
                ID,
                "latency",
                "From the call that sends a record until another session sees its row, at 1,000 records a second for 30"
                        + " seconds after 10 seconds that do not count. The producer does not linger, the consumers have"
                        + " Connect's own settings, and the session looks every millisecond for all that is missing."
                        + " Debezium is set up with rewritten inserts.",
                List.of(new TextTable(List.of("contender", "p50 ms", "p99 ms", "max ms"), rows)),
                List.of(
                        Target.atMost(5, "Sluice's p50 in ms", value(sluice, Percentiles::p50)),
                        Target.atMost(40, "Sluice's p99 in ms", value(sluice, Percentiles::p99))),
                "ms",
                bars);
    }

    private static OptionalDouble value(List<Percentiles> runs, ToDoubleFunction<Percentiles> value) {
        return runs.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(value.applyAsDouble(Percentiles.median(runs)));
    }
}
