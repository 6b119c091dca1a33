package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.NeedsOwnPostgres;
import io.sluice.harness.PostgresOptions;
import io.sluice.harness.PostgresServer;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A hundred connectors with defaults and a trickle each, on a server that has a hundred connections; it is away for a while,
 * {@code -Doutage.seconds=60} for a minute. What was measured is printed; what is asserted has room for a slow machine.
 */
@ExtendWith(HarnessExtension.class)
@NeedsOwnPostgres
final class ManyConnectorsIT {
    private static final int CONNECTORS = 100;
    private static final int SESSIONS = 60;
    private static final int LINES = 3 * CONNECTORS;
    private static final Duration TRICKLE = Duration.ofSeconds(20);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage.seconds", 8));
    /** A record is there after that time at most; of it ten seconds are promised. */
    private static final Duration LATE = Duration.ofSeconds(20);
    /** All write again after that; of it five seconds are promised. */
    private static final Duration BACK = Duration.ofSeconds(15);

    private final List<TaskRun> tasks = new ArrayList<>();
    private final Deque<Sent> sent = new ArrayDeque<>();
    private long rows;
    private long round;
    private long mostSessions;
    private Duration latest = Duration.ZERO;

    private record Sent(long rows, long nanos) {}

    @Test
    void leaveRoomForOneAnother(Scenario test) {
        PostgresServer server =
                test.startPostgres("crowded", PostgresOptions.forTests().with("max_connections", "100"));
        Database database = server.createDatabase("crowded");
        database.execute("CREATE TABLE versions (id bigint NOT NULL, version bigint NOT NULL)");
        try (CapturedLog log = CapturedLog.start()) {
            for (int i = 0; i < CONNECTORS; i++) {
                TaskRun task = TaskRun.start(
                        database,
                        Settings.of(
                                Rows.INTO_TABLE, Map.of("name", "c" + i, "insert.mode", "insert", "pk.mode", "none")));
                tasks.add(task);
                task.open(new TopicPartition("t", 0));
            }
            trickleFor(TRICKLE, database);
            awaitAll(database);
            Duration late = latest;

            server.stop();
            long stopped = System.nanoTime();
            sendRound();
            Await.atMost(OUTAGE.multipliedBy(4)).until("the outage to be long enough", () -> {
                tasks.forEach(task -> task.put(List.of()));
                return System.nanoTime() - stopped > OUTAGE.toNanos();
            });
            server.start();
            long started = System.nanoTime();
            awaitAll(database);
            Duration back = Duration.ofNanos(System.nanoTime() - started);

            System.out.printf(
                    "A hundred connectors: at most %d sessions, a record after %d ms at most, all back %d ms after an outage,"
                            + " %d lines%n",
                    mostSessions, late.toMillis(), back.toMillis(), log.lines().size());
            assertThat(mostSessions).isLessThan(SESSIONS);
            assertThat(late).isLessThan(LATE);
            assertThat(back).isLessThan(BACK);
            assertThat(log.lines()).hasSizeLessThan(LINES);
        } finally {
            tasks.forEach(TaskRun::close);
        }
    }

    private void trickleFor(Duration time, Database database) {
        long began = System.nanoTime();
        Await.atMost(time.multipliedBy(10)).every(Duration.ofSeconds(1)).until("the trickle to end", () -> {
            sendRound();
            look(database);
            return System.nanoTime() - began > time.toNanos();
        });
    }

    /** A record for each. */
    private void sendRound() {
        for (TaskRun task : tasks) {
            task.put(Rows.row(new TopicPartition("t", 0), round, round, 1));
            rows++;
        }
        round++;
        sent.add(new Sent(rows, System.nanoTime()));
    }

    private void awaitAll(Database database) {
        Await.atMost(LATE.multipliedBy(3)).until("all rows", () -> {
            tasks.forEach(task -> task.put(List.of()));
            look(database);
            return sent.isEmpty();
        });
    }

    /** Notes how many sessions there are, and how long the rows that are there have taken. */
    private void look(Database database) {
        mostSessions = Math.max(mostSessions, database.sessions("sluice %"));
        long there = database.count(Rows.TABLE);
        long now = System.nanoTime();
        while (!sent.isEmpty() && sent.getFirst().rows() <= there) {
            Duration took = Duration.ofNanos(now - sent.removeFirst().nanos());
            latest = took.compareTo(latest) > 0 ? took : latest;
        }
    }
}
