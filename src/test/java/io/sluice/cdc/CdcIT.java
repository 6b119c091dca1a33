package io.sluice.cdc;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.NeedsOwnPostgres;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A database under load, its changes through Debezium, Kafka and this connector, and copies that have to be equal in the
 * end. The package says how to run it for longer.
 */
@ExtendWith(HarnessExtension.class)
@NeedsOwnPostgres
final class CdcIT {

    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("cdc.seconds", 12));
    private static final long SEED = Long.getLong("cdc.seed", System.nanoTime());

    @Test
    void copiesEqualTheirSourceAfterALoad(Scenario test) throws Exception {
        CompletableFuture<ConnectWorker> worker =
                CompletableFuture.supplyAsync(() -> test.startWorker("cdc", workerOptions()));
        try (Source source = Source.underLoad(test, SEED)) {
            List<Replication> replications = Stream.of(Route.envelopes(), Route.flattened())
                    .map(route -> new Replication(test, worker.join(), route, source.database()))
                    .toList();
            replications.forEach(Replication::start);
            source.awaitReaders(replications.size());
            evolve(source, replications, Evolution.nullable(), LOAD.dividedBy(3));
            evolve(
                    source,
                    replications,
                    Evolution.withDefault(),
                    LOAD.dividedBy(3).multipliedBy(2));
            source.awaitLoad(LOAD);
            source.finish();
            replications.forEach(Replication::finish);
            requireEquality(replications);
        }
    }

    /** Debezium reads local times through the zone of its JVM, and loses those that it skips in spring. */
    private static ServerOptions workerOptions() {
        return ServerOptions.forTests()
                .withHeap("768m")
                .withJvmArguments("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC")
                .withDebezium();
    }

    private static void evolve(Source source, List<Replication> replications, Evolution step, Duration when) {
        source.awaitLoad(when);
        replications.forEach(Replication::requireRunning);
        replications.forEach(replication -> replication.evolve(step));
        source.evolve(step);
    }

    private static void requireEquality(List<Replication> replications) {
        SoftAssertions every = new SoftAssertions();
        for (Replication replication : replications) {
            every.assertThat(replication.differences())
                    .as("differences of %s, with -Dcdc.seed=%d", replication.name(), SEED)
                    .isEmpty();
            every.assertThat(replication.needlessLimits())
                    .as("limits of %s without need, with -Dcdc.seed=%d", replication.name(), SEED)
                    .isEmpty();
        }
        every.assertAll();
    }
}
