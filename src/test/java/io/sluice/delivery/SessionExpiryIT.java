package io.sluice.delivery;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.JvmView;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The worker stands still for so long that the group goes on without it, and then it wakes up. */
@ExtendWith(HarnessExtension.class)
final class SessionExpiryIT {

    @Test
    void losesNothingWhenTheSessionExpiresAndThePartitionsComeBack(Scenario test) {
        Map<String, String> shortSession = Map.of(
                "consumer.override.session.timeout.ms",
                "3000",
                "consumer.override.heartbeat.interval.ms",
                "500",
                "tasks.max",
                "1");
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, "frozen", shortSession);
                JvmView jvm = test.worker().jvm()) {
            Connector connector = sink.connector();
            TaskBeans beans = new TaskBeans(jvm, connector);
            sink.load().awaitMore(2_000);
            double rebalances = beans.rebalances();

            test.worker().freeze();
            test.await()
                    .until(
                            "the group to be without members",
                            () -> connector.group(test.broker()).isEmpty());
            sink.assertNothingIsCommittedThatIsNotWritten();
            sink.load().awaitMore(2_000);
            test.worker().thaw();

            test.await().until("the partitions to come back", () -> beans.rebalances() > rebalances);
            sink.awaitProgress();
            sink.finish("RUNNING", "UNASSIGNED");
        }
    }

    /** The session outlives the pause and the poll interval does not: the heartbeat itself leaves the group. */
    @Test
    void losesNothingWhenTheTaskDoesNotPollForTooLong(Scenario test) {
        Map<String, String> impatient = Map.of(
                "consumer.override.max.poll.interval.ms", "2000", "consumer.override.session.timeout.ms", "30000");
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, "late", impatient)) {
            test.worker().freeze();
            sink.load().awaitMore(6_000);
            test.worker().thaw();

            sink.awaitProgress();
            sink.finish("RUNNING", "UNASSIGNED");
        }
    }

    /** Another worker takes over and writes; the one that wakes up has old rows in its hands. */
    @Test
    void aWorkerThatThawsDoesNotWriteOverItsSuccessor(Scenario test) {
        ConnectWorker frozen = test.startWorker("thawing", ServerOptions.forTests());
        ConnectWorker successor = test.startWorker("thawing", ServerOptions.forTests());
        try (SinkUnderLoad sink =
                SinkUnderLoad.start(test, successor, "taken", Map.of("consumer.override.session.timeout.ms", "6000"))) {
            test.await().until("a task at " + frozen.id(), () -> tasksAt(frozen, sink) > 0);
            sink.load().awaitMore(2_000);
            sink.awaitProgress();

            frozen.freeze();
            test.await().until("all tasks at " + successor.id(), () -> tasksAt(frozen, sink) == 0);
            sink.load().awaitMore(2_000);
            sink.awaitProgress();
            frozen.thaw();

            test.await().until("a task at " + frozen.id() + " again", () -> tasksAt(frozen, sink) > 0);
            sink.load().awaitMore(2_000);
            sink.awaitProgress();
            sink.finish("RUNNING", "UNASSIGNED");
        }
    }

    private static long tasksAt(ConnectWorker worker, SinkUnderLoad sink) {
        return sink.connector().status().tasks().stream()
                .filter(task -> task.worker().equals(worker.id()))
                .count();
    }
}
