package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.JvmView;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The table is locked for longer than Connect would wait for a task that does not poll. */
@ExtendWith(HarnessExtension.class)
final class LockedTableIT {
    private static final Duration LOCKED = Duration.ofSeconds(20);

    @Test
    @SuppressWarnings("try") // The lock is there to be held, not to be spoken to.
    void pollsOnWhileTheTableIsLocked(Scenario test) {
        Map<String, String> impatient = Map.of(
                "consumer.override.max.poll.interval.ms",
                "8000",
                "buffer.max.records",
                "2000",
                "lock.timeout.ms",
                "6000");
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, "locked", impatient);
                JvmView jvm = test.worker().jvm()) {
            TaskBeans beans = new TaskBeans(jvm, sink.connector());
            double rebalances;
            try (Locks lock = Locks.table(test.database(), "locked")) {
                // With both at it, the group has settled.
                test.await()
                        .until(
                                "both tasks to pause all partitions",
                                () -> beans.pausedPartitions() == 6 && beans.pausedTasks() == 2);
                rebalances = beans.rebalances();
                elapse(LOCKED);
                assertThat(beans.pausedPartitions()).isEqualTo(6);
                assertThat(beans.queuedRecords()).isBetween(2_000.0, 10_000.0);
            }
            sink.awaitProgress();
            sink.finish("RUNNING");
            assertThat(beans.rebalances()).isEqualTo(rebalances);
            assertThat(beans.pausedPartitions()).isZero();
        }
    }

    /** The time itself is what is asked for here. */
    private static void elapse(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Await.atMost(time.multipliedBy(2)).until(time + " to pass", () -> System.nanoTime() - end >= 0);
    }
}
