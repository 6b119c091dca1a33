package io.sluice.checker;

import io.sluice.harness.Await;
import io.sluice.harness.Connector;
import io.sluice.harness.ConnectorStatus;
import io.sluice.harness.HarnessException;
import io.sluice.harness.RestException;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Collectors;

/** One run: records flow, things break, and in the end everything is compared. */
final class Run {
    private static final Duration CATCH_UP = Duration.ofMinutes(10);
    /** In which a task that was told to start again shows what becomes of it. */
    private static final Duration RESTART = Duration.ofSeconds(3);

    private static final int MOST_CALM_MILLIS = 5_000;

    private final Scenario scenario;
    private final Sink sink;
    private final Random random;
    private final Duration time;
    private final PrintStream out;
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final List<String> violations = new ArrayList<>();
    private int looks;
    private final Map<String, Long> restarted = new HashMap<>();
    private int restarts;

    /**
     * @param seed decides what breaks and when
     * @param time for how long
     */
    Run(Scenario scenario, Sink sink, long seed, Duration time, PrintStream out) {
        this.scenario = scenario;
        this.sink = sink;
        this.random = new Random(seed);
        this.time = time;
        this.out = out;
    }

    /**
     * What came out.
     *
     * @param letters how many dead letters there are
     * @param looks how often the ledger was compared with the rows
     */
    record Outcome(
            Map<Fault, Integer> faults, long records, long letters, int looks, Told told, List<String> violations) {
        String text() {
            StringBuilder text = new StringBuilder();
            faults.forEach((fault, times) -> text.append("  %-20s %5d%n"
                    .formatted(fault.name().toLowerCase(Locale.ROOT).replace('_', ' '), times)));
            text.append(
                    "records: %,d; dead letters: %,d; looks at the ledger: %,d%n".formatted(records, letters, looks));
            text.append("rebalances: %,d; fenced writes: %,d; retries: %,d%nviolations: %d%n"
                    .formatted(told.rebalances(), told.fenced(), told.retries(), violations.size()));
            violations.forEach(violation -> text.append("  ").append(violation).append('\n'));
            return text.toString();
        }
    }

    Outcome run() {
        Tables.create(scenario.database());
        Topic appended = scenario.topic("appended", Source.PARTITIONS);
        Topic upserted = scenario.topic("upserted", Source.PARTITIONS);
        Map<String, String> topics = Map.of("appending", appended.name(), "upserting", upserted.name());
        try (Arena arena = Arena.start(scenario, sink, topics)) {
            long records = breakThings(arena, appended, upserted);
            arena.mend();
            awaitEnd(arena, "appending", appended);
            awaitEnd(arena, "upserting", upserted);
            look(arena, appended);
            violations.addAll(Verdict.on(scenario.database(), sink, appended, upserted));
            if (restarts > 0) {
                violations.add(restarts + " times a task had failed, and went on only when it was told to");
            }
            long letters = sink.keepsBadRecords() ? scenario.database().count(Tables.LETTERS) : 0;
            return new Outcome(faults, records, letters, looks, Told.by(arena.workers()), violations);
        }
    }

    private long breakThings(Arena arena, Topic appended, Topic upserted) {
        long end = System.nanoTime() + time.toNanos();
        try (Source unique = Source.start(appended, Source.Keys.UNIQUE, sink, random.nextLong());
                Source few = Source.start(upserted, Source.Keys.FEW, sink, random.nextLong())) {
            Fault[] all = Fault.values();
            while (System.nanoTime() < end && violations.isEmpty()) {
                arena.pass(Duration.ofMillis(random.nextInt(MOST_CALM_MILLIS)));
                Fault fault = all[random.nextInt(all.length)];
                out.printf("%,10d records; %s%n", unique.sent() + few.sent(), fault);
                happen(fault, arena);
                look(arena, appended);
                seeTasks(arena);
            }
            return unique.sent() + few.sent();
        }
    }

    private void happen(Fault fault, Arena arena) {
        try {
            fault.happen(arena, random);
            faults.merge(fault, 1, Integer::sum);
        } catch (HarnessException | RestException | NoSuchElementException | AssertionError e) {
            // A worker in the middle of a rebalance refuses to be configured, for example.
            out.println("  in part only: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private void look(Arena arena, Topic appended) {
        if (!sink.hasLedger()) {
            return;
        }
        try {
            LedgerView.differences(arena.database(), appended.name()).forEach(violations::add);
            looks++;
        } catch (HarnessException e) {
            out.println("  no look at the ledger: " + e.getMessage());
        }
    }

    /** Until nothing is left to do, or too long. */
    private void awaitEnd(Arena arena, String name, Topic topic) {
        try {
            awaitCommitted(arena, name, topic);
        } catch (AssertionError e) {
            violations.add("stands still: " + e.getMessage().lines().limit(3).collect(Collectors.joining(" ")));
        }
    }

    private void awaitCommitted(Arena arena, String name, Topic topic) {
        Await.atMost(CATCH_UP)
                .explaining(() -> arena.connector(name).status().toString())
                .until("all records of " + name + " to be committed", () -> {
                    seeTasks(arena);
                    return arena.connector(name)
                            .group(arena.broker())
                            .committed(topic)
                            .equals(topic.endOffsets());
                });
    }

    /** A task that fails needs a human, which is a violation, and is started again to see what else there is. */
    private void seeTasks(Arena arena) {
        for (String name : arena.connectors()) {
            try {
                Connector connector = arena.connector(name);
                ConnectorStatus status = connector.status();
                if (status.hasFailed() && sink.needsNoHuman()) {
                    violations.add("a task of " + name + " has failed: " + status.traces());
                }
                if (status.hasFailed()) {
                    restart(name, connector);
                }
            } catch (HarnessException | RestException | NoSuchElementException e) {
                // No worker answers at the moment.
            }
        }
    }

    private void restart(String name, Connector connector) {
        long now = System.nanoTime();
        Long last = restarted.get(name);
        if (last == null || now - last > RESTART.toNanos()) {
            restarted.put(name, now);
            restarts++;
            connector.restart();
        }
    }
}
