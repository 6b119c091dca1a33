package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.JvmView;
import io.sluice.harness.NeedsOwnPostgres;
import io.sluice.harness.NeedsProcesses;
import io.sluice.harness.PostgresServer;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * PostgreSQL is away for a while, {@code -Doutage.seconds=300} for five minutes, and records keep coming. Nobody helps. What was
 * measured is printed; what is asserted has room for a slow machine.
 */
@ExtendWith(HarnessExtension.class)
@NeedsOwnPostgres
final class OutageIT {
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage.seconds", 8));
    private static final Duration PROMISED = Duration.ofSeconds(2);
    private static final Duration MARGIN = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int PARTITIONS = 4;
    private static final int KEYS = 5_000;
    private static final int PER_SECOND = 2_000;
    private static final long GROWTH = 48L << 20;
    private static final String LETTERS = "sluice_errors";

    /**
     * What happens.
     *
     * @param after the database as it can be reached when all is over
     */
    private record Outage(Runnable begin, Runnable end, Database after) {}

    @Test
    void writingGoesOnWhenPostgresIsBack(Scenario test) {
        Rows.createTable(test.database());
        PostgresServer server = test.postgres();

        outlive(test, Map.of(), new Outage(server::stop, server::start, test.database()));
    }

    @NeedsProcesses
    @Test
    void writingGoesOnWhenAStandbyIsPromoted(Scenario test) {
        PrimaryAndStandby servers = PrimaryAndStandby.start(test, "promoted");
        Rows.createTable(servers.before());
        // Transactions that the standby has not got are lost without the ledger.
        Map<String, String> settings = Settings.of(
                servers.settings(),
                Map.of("delivery.guarantee", "exactly_once", "consumer.override.isolation.level", "read_committed"));

        outlive(test, settings, new Outage(servers.primary()::kill, servers::promote, servers.after()));
    }

    private static void outlive(Scenario test, Map<String, String> settings, Outage outage) {
        Topic topic = test.topic("away", PARTITIONS);
        Connector connector = test.connector("away")
                .configure(Settings.of(
                        test.sinkConfig(topic, Rows.INTO_TABLE),
                        Map.of("errors.tolerance", "all", "errors.table", LETTERS),
                        settings))
                .awaitRunning();
        try (StatusWatch watch = StatusWatch.over(connector);
                Load load = Load.start(topic, KEYS, PER_SECOND, 1);
                JvmView jvm = test.worker().jvm()) {
            TaskBeans beans = new TaskBeans(jvm, connector);
            test.await()
                    .until(
                            "all partitions to be at work, in the database that remains, too",
                            () -> connector.group(test.broker()).committed(topic).values().stream()
                                                    .filter(offset -> offset > 0)
                                                    .count()
                                            == PARTITIONS
                                    && newest(outage.after()) > PER_SECOND);
            double rebalances = beans.rebalances();

            outage.begin().run();
            long began = System.nanoTime();
            long sent = load.sent();
            test.await().until("all partitions to be held back", () -> beans.pausedPartitions() == PARTITIONS);
            long heap = live(jvm);
            Await.atMost(OUTAGE.plus(PATIENCE))
                    .until("the outage to be long enough", () -> System.nanoTime() - began > OUTAGE.toNanos());
            long growth = live(jvm) - heap;
            outage.end().run();
            long ended = System.nanoTime();
            test.await()
                    .every(Duration.ofMillis(20))
                    .until("a record of the outage to be written", () -> newest(outage.after()) > sent);
            Duration gap = Duration.ofNanos(System.nanoTime() - ended);

            System.out.printf(
                    "Away for %s: writing went on %d ms after its end, the heap grew by %d MiB meanwhile, %.0f rebalances%n",
                    OUTAGE, gap.toMillis(), growth >> 20, beans.rebalances() - rebalances);
            assertThat(gap).isLessThan(PROMISED.plus(MARGIN));
            assertThat(growth).isLessThan(GROWTH);
            Map<Long, Long> expected = load.finish();
            test.await()
                    .within(PATIENCE)
                    .until("lag 0", () -> connector.group(test.broker()).lag(topic) == 0);
            assertThat(Rows.versions(outage.after())).isEqualTo(expected);
            assertThat(beans.rebalances()).isEqualTo(rebalances);
            assertThat(outage.after().hasTable(LETTERS)).isFalse();
            watch.assertOnly("RUNNING");
        }
    }

    private static long newest(Database database) {
        return database.hasTable(Rows.TABLE)
                ? database.number("SELECT coalesce(max(version), 0) FROM " + Rows.TABLE)
                : 0;
    }

    private static long live(JvmView jvm) {
        jvm.collectGarbage();
        return jvm.heapUsed();
    }
}
