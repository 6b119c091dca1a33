package io.sluice.benchmark;

import io.sluice.harness.PostgresServer;
import io.sluice.harness.Scenario;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** How long a sink takes to catch up after an outage, while records keep coming. */
final class OutageWorkload implements Workload {

    private static final String ID = "W10";
    private static final int PER_SECOND = 5000;
    private static final long STEADY_MILLIS = 10_000;
    private static final long OUTAGE_MILLIS = 20_000;

    /** Catching up is over when what is older than this is there. */
    private static final long LAG_NANOS = 1_000_000_000L;

    private static final long LOOK_MILLIS = 50;
    private static final long BUDGET_NANOS = 300_000_000_000L;

    /** Rows in a row, so that every partition and lane has some of them. */
    private static final int ROWS = 64;

    private static final int MOST_REPETITIONS = 3;

    /** What stops the rows from being written, and lets them be written again. */
    private record Outage(String name, Runnable begin, Runnable end) {}

    /** How far the producer was at some time. */
    private record Position(long nanos, long next) {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Section run(Rig rig, Scenario scenario, Outcomes outcomes) {
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (String name : List.of(Sinks.DEBEZIUM, Sinks.SLUICE)) {
            if (rig.options().asksFor(name)) {
                measure(rig, scenario, name, seconds);
            }
        }
        return section(seconds);
    }

    private static void measure(Rig rig, Scenario scenario, String name, Map<String, List<Double>> seconds) {
        boolean isOurs = name.equals(Sinks.SLUICE);
        SetUp setUp = isOurs
                ? Sinks.sluice(scenario.database(), Map.of())
                : Sinks.debezium(scenario.database()).get(0);
        LiveSink sink = LiveSink.start(rig, scenario, name, setUp);
        List<Outage> outages = new ArrayList<>();
        outages.add(new Outage(name + ", paused", sink.connector()::pause, sink.connector()::resume));
        if (isOurs) {
            PostgresServer postgres = rig.environment().postgres();
            outages.add(new Outage(name + ", PostgreSQL stopped", postgres::stop, postgres::start));
        }
        int repetitions = Math.min(MOST_REPETITIONS, rig.options().repetitions());
        long next = 0;
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (Outage outage : outages) {
                List<Double> results = seconds.computeIfAbsent(outage.name(), none -> new ArrayList<>());
                next = measure(rig, sink, outage, next, results);
                rig.out()
                        .printf(
                                Locale.ROOT,
                                "  %s run %d, %s: caught up in %.2f s%n",
                                ID,
                                repetition,
                                outage.name(),
                                results.get(repetition - 1));
            }
        }
        sink.connector().delete();
    }

    /** Returns the id to go on with. */
    private static long measure(Rig rig, LiveSink sink, Outage outage, long first, List<Double> results) {
        try (LiveProducer producer = new LiveProducer(
                rig.environment().broker().bootstrapServers(), sink.topic(), first, PER_SECOND, id -> {})) {
            Clock.sleep(STEADY_MILLIS);
            outage.begin().run();
            Clock.sleep(OUTAGE_MILLIS);
            outage.end().run();
            results.add(untilCaughtUp(sink, producer) / 1e9);
            producer.stop();
            awaitAll(sink, producer.next());
            return producer.next();
        } catch (SQLException e) {
            throw new BenchmarkException("PostgreSQL did not say whether the rows are there.", e);
        }
    }

    /** Nanoseconds until all is there that was sent a second ago. */
    private static long untilCaughtUp(LiveSink sink, LiveProducer producer) throws SQLException {
        long begin = System.nanoTime();
        Deque<Position> positions = new ArrayDeque<>();
        Position old = new Position(begin, producer.next());
        try (Connection connection = sink.database().connect()) {
            do {
                requireTime(begin);
                Clock.sleep(LOOK_MILLIS);
                positions.add(new Position(System.nanoTime(), producer.next()));
                while (!positions.isEmpty()
                        && System.nanoTime() - positions.getFirst().nanos() > LAG_NANOS) {
                    old = positions.removeFirst();
                }
            } while (!isThere(sink, connection, old.next()));
        }
        return System.nanoTime() - begin;
    }

    private static void awaitAll(LiveSink sink, long next) throws SQLException {
        long begin = System.nanoTime();
        while (sink.database().count(sink.topic()) != next) {
            requireTime(begin);
            Clock.sleep(LOOK_MILLIS);
        }
    }

    private static boolean isThere(LiveSink sink, Connection connection, long next) throws SQLException {
        List<Long> ids =
                LongStream.range(Math.max(0, next - ROWS), next).boxed().toList();
        return sink.visible(connection, ids).size() == ids.size();
    }

    private static void requireTime(long begin) {
        if (System.nanoTime() - begin > BUDGET_NANOS) {
            throw new BenchmarkException("It does not catch up.");
        }
    }

    private static Section section(Map<String, List<Double>> seconds) {
        List<List<String>> rows = new ArrayList<>();
        Map<String, Double> bars = new LinkedHashMap<>();
        seconds.forEach((name, all) -> {
            Spread spread =
                    Spread.of(all.stream().mapToDouble(Double::doubleValue).toArray());
            rows.add(List.of(
                    name,
                    Numbers.hundredths(spread.median()),
                    Numbers.hundredths(spread.least()),
                    Numbers.hundredths(spread.most())));
            bars.put(name, spread.median());
        });
        return new Section(
                ID,
                "catching up",
                "5,000 records a second; after 10 seconds an outage of 20 seconds, while records keep coming. The time from its"
                        + " end until everything is visible that was sent a second before. Debezium's task does not outlive"
                        + " its connection, so its connector is paused and resumed instead; Sluice's both that and with"
                        + " PostgreSQL stopped and started. Three runs, one contender after the other.",
                List.of(new TextTable(List.of("contender", "seconds", "least", "most"), rows)),
                List.of(),
                "seconds",
                bars);
    }
}
