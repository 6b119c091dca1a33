package io.sluice.delivery;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The worker or PostgreSQL goes away in mid-stream and comes back. */
@ExtendWith(HarnessExtension.class)
final class CrashIT {

    @Test
    @SuppressWarnings("try") // The lock is there to be held, not to be spoken to.
    void losesNothingWhenTheWorkerIsKilled(Scenario test) {
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, "killed", Map.of())) {
            for (int times = 0; times < 2; times++) {
                // Much is on its way when it dies, and commits have come by meanwhile.
                try (Locks lock = Locks.writes(test.database(), "killed")) {
                    sink.load().awaitMore(4_000);
                    test.worker().kill();
                    sink.assertNothingIsCommittedThatIsNotWritten();
                }
                test.worker().start();
                sink.awaitProgress();
            }
            sink.finish("RUNNING", "UNASSIGNED");
        }
    }

    @Test
    void staysRunningWhilePostgresIsStopped(Scenario test) {
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, "stopped", Map.of())) {
            test.postgres().stop();
            sink.load().awaitMore(6_000);
            test.postgres().start();
            sink.awaitProgress();
            sink.finish("RUNNING");
        }
    }

    @Test
    void staysRunningWhenPostgresCrashes(Scenario test) {
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, "crashed", Map.of())) {
            for (int times = 0; times < 2; times++) {
                sink.load().awaitMore(2_000);
                test.postgres().crash();
                sink.load().awaitMore(2_000);
                test.postgres().start();
                sink.awaitProgress();
            }
            sink.finish("RUNNING");
        }
    }
}
