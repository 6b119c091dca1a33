package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.JvmView;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What comes in at what rate. {@code -Dlocked.seconds=120} locks the table for two minutes, {@code -Drate.seconds=60} looks at
 * the rate for a minute, and {@code -Dlarge.records=100} sends more large records; by default it is a part of that.
 */
@ExtendWith(HarnessExtension.class)
final class FlowIT {
    private static final Duration LOCKED = Duration.ofSeconds(Integer.getInteger("locked.seconds", 10));
    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final int TABLES = 10;
    private static final int PER_SECOND = Integer.getInteger("locked.rate", 200);
    private static final int CHUNKS_PER_SECOND = 20;

    private static final Duration RATE_WINDOW = Duration.ofSeconds(Integer.getInteger("rate.seconds", 8));
    private static final int RATE = 5_000;

    private static final int LARGE_RECORDS = Integer.getInteger("large.records", 12);
    private static final int LARGE = 10 << 20;
    private static final int SMALL_RECORDS = 100_000;
    private static final long BUFFER = 64L << 20;

    @Test
    @SuppressWarnings("try") // The lock is there to be held, not to be spoken to.
    void aLockedTableLeavesTheOthersTheirRate(Scenario test) {
        List<String> names =
                IntStream.range(0, TABLES).mapToObj(number -> "t" + number).toList();
        List<Topic> topics = test.topics(names, 1);
        topics.forEach(topic -> Rows.createTable(test.database(), topic.name()));
        Connector sink = test.connector("sink")
                .configure(Settings.of(
                        test.sinkConfig(topics.get(0), Map.of()),
                        Map.of("topics", topics.stream().map(Topic::name).collect(Collectors.joining(",")))))
                .awaitRunning();
        Topic locked = topics.get(0);
        List<Topic> others = topics.subList(1, TABLES);
        ScheduledExecutorService producer = produce(topics);
        try {
            test.await()
                    .until(
                            "all tables to have rows",
                            () -> topics.stream()
                                    .allMatch(topic -> test.database().count(topic.name()) > 0));
            double before = rate(test.database(), others, BEFORE);
            double during;
            try (Locks lock = Locks.table(test.database(), locked.name())) {
                during = rate(test.database(), others, LOCKED);
            }
            System.out.printf(
                    "Nine tables of ten: %.0f rows a second, and %.0f while the tenth was locked for %s%n",
                    before, during, LOCKED);
            // Before the lock they may still catch up with what was produced before there were tasks.
            double offered = (TABLES - 1) * PER_SECOND;
            assertThat(during).isGreaterThan(0.9 * Math.min(before, offered));
        } finally {
            producer.shutdownNow();
        }
        test.await()
                .until(
                        "all to be written",
                        () -> topics.stream()
                                .allMatch(topic -> sink.group(test.broker()).lag(topic) == 0));
        topics.forEach(topic -> assertThat(test.database().count(topic.name()))
                .isEqualTo(topic.endOffsets().get(0)));
        sink.awaitRunning();
    }

    private static ScheduledExecutorService produce(List<Topic> topics) {
        ScheduledExecutorService producer = Executors.newSingleThreadScheduledExecutor();
        int chunk = PER_SECOND / CHUNKS_PER_SECOND;
        int[] next = {0};
        var unused = producer.scheduleAtFixedRate(
                () -> {
                    int first = next[0];
                    next[0] += chunk;
                    topics.forEach(topic -> topic.send(chunk, number -> row(first + number, "some note")));
                },
                0,
                1_000 / CHUNKS_PER_SECOND,
                TimeUnit.MILLISECONDS);
        return producer;
    }

    /** Rows a second that the tables get. */
    private static double rate(Database database, List<Topic> topics, Duration window) {
        String count = topics.stream()
                .map(topic -> "(SELECT count(*) FROM " + Database.quoted(topic.name()) + ")")
                .collect(Collectors.joining(" + ", "SELECT ", ""));
        long start = System.nanoTime();
        long first = database.number(count);
        elapse(window);
        long last = database.number(count);
        return (last - first) / seconds(start);
    }

    @Test
    void holdsALimitOfRowsASecond(Scenario test) {
        Topic topic = test.topic("limited", 3);
        topic.send(RATE * ((int) RATE_WINDOW.toSeconds() + 3), number -> row(number, "some note"));
        Rows.createTable(test.database());
        Connector sink = test.startSink(
                topic, Map.of("table.name.format", Rows.TABLE, "rate.limit.rows.per.second", Integer.toString(RATE)));
        test.await()
                .every(Duration.ofMillis(10))
                .until("the first rows", () -> test.database().count(Rows.TABLE) > RATE / 2);
        long start = System.nanoTime();
        long first = test.database().count(Rows.TABLE);
        elapse(RATE_WINDOW);
        long last = test.database().count(Rows.TABLE);
        double rate = (last - first) / seconds(start);
        System.out.printf("Limited to %d rows a second: %.0f over %s%n", RATE, rate, RATE_WINDOW);
        // The bucket holds the tokens of a second, which may be spent at once.
        double tolerance = Math.max(0.02, 1.0 / RATE_WINDOW.toSeconds());
        assertThat(rate).isBetween((1 - tolerance) * RATE, (1 + tolerance) * RATE);
        try (JvmView jvm = test.worker().jvm()) {
            assertThat(new TaskBeans(jvm, sink).secondsPausedByRate()).isPositive();
        }
    }

    @Test
    void largeAndSmallRecordsBothFlow(Scenario test) {
        Topic large = test.topic("large", 1, Map.of("max.message.bytes", Integer.toString(16 << 20)));
        Topic small = test.topic("small", 1);
        Rows.createTable(test.database(), large.name());
        Rows.createTable(test.database(), small.name());
        Random random = new Random(1);
        for (int number = 0; number < LARGE_RECORDS; number++) {
            large.send(row(number, noise(random)));
        }
        small.send(SMALL_RECORDS, number -> row(number, "x".repeat(60)));
        Connector sink = test.connector("sink")
                .configure(Settings.of(
                        test.sinkConfig(large, Map.of()),
                        Map.of(
                                "topics",
                                large.name() + "," + small.name(),
                                "buffer.max.bytes",
                                Long.toString(BUFFER))));
        long most = 0;
        long smallAtHalf = -1;
        try (JvmView jvm = test.worker().jvm()) {
            TaskBeans beans = new TaskBeans(jvm, sink);
            test.await()
                    .every(Duration.ofMillis(20))
                    .until("the first row", () -> test.database().count(large.name()) > 0);
            for (long rows = 0; rows < LARGE_RECORDS; rows = test.database().count(large.name())) {
                most = Math.max(most, (long) beans.queuedBytes());
                if (smallAtHalf < 0 && rows >= LARGE_RECORDS / 2) {
                    smallAtHalf = test.database().count(small.name());
                }
            }
        }
        long smallAtEnd = test.database().count(small.name());
        System.out.printf(
                "%d records of 10 MiB beside small ones, of which there were %d at their half and %d at their end; "
                        + "most waiting %d of %d bytes%n",
                LARGE_RECORDS, smallAtHalf, smallAtEnd, most, BUFFER);
        assertThat(most).isLessThanOrEqualTo(BUFFER);
        assertThat(smallAtHalf).as("small records at half of the large ones").isGreaterThan(SMALL_RECORDS / 20);
        test.await().until("the small ones", () -> test.database().count(small.name()) == SMALL_RECORDS);
    }

    private static String noise(Random random) {
        return random.ints(LARGE, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Message row(int id, String note) {
        return Message.json(Map.of("id", id, "version", 1, "note", note));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** The time itself is what is asked for here. */
    private static void elapse(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Await.atMost(time.multipliedBy(2)).until(time + " to pass", () -> System.nanoTime() - end >= 0);
    }
}
