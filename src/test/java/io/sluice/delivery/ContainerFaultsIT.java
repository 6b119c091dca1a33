package io.sluice.delivery;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only a network can do to servers, and only containers have one: nobody answers, and nobody is told. */
@EnabledIfSystemProperty(named = "sluice.containers", matches = "true")
@ExtendWith(HarnessExtension.class)
final class ContainerFaultsIT {

    private static final Map<String, String> QUICK_TO_NOTICE =
            Map.of("connection.socketTimeout", "5", "statement.timeout.ms", "4000", "connection.connectTimeout", "3");

    @Test
    void staysRunningWhilePostgresIsOffTheNetwork(Scenario test) {
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, "partitioned", QUICK_TO_NOTICE)) {
            test.postgres().disconnect();
            sink.load().awaitMore(16_000);
            test.postgres().reconnect();
            sink.awaitProgress();
            sink.finish("RUNNING");
        }
    }

    @Test
    void losesNothingWhileTheWorkerIsOffTheNetwork(Scenario test) {
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, "cut", QUICK_TO_NOTICE)) {
            test.worker().disconnect();
            sink.load().awaitMore(16_000);
            test.worker().reconnect();
            sink.awaitProgress();
            sink.finish("RUNNING", "UNASSIGNED");
        }
    }

    @Test
    void losesNothingWhileTheBrokerIsPaused(Scenario test) {
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, "paused", QUICK_TO_NOTICE)) {
            test.broker().freeze();
            test.worker().kill();
            test.broker().thaw();
            test.worker().start();
            sink.awaitProgress();
            sink.finish("RUNNING", "UNASSIGNED");
        }
    }

    @Test
    void losesNothingWhenEveryNodeIsKilled(Scenario test) {
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, "lost", QUICK_TO_NOTICE)) {
            sink.load().awaitMore(2_000);
            test.postgres().kill();
            test.worker().kill();
            test.postgres().start();
            test.worker().start();
            sink.awaitProgress();
            sink.finish("RUNNING", "UNASSIGNED");
        }
    }
}
