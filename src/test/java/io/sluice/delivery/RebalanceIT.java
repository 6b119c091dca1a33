package io.sluice.delivery;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.ConnectorStatus;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers come and go while records keep coming, under each way in which a group can share out its partitions. */
@ExtendWith(HarnessExtension.class)
final class RebalanceIT {
    private static final int TASKS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ServerOptions OPTIONS = ServerOptions.forTests().with("consumer.group.protocol", "consumer");

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void losesNothingWhenASecondWorkerLeavesAndJoinsAndDies(Protocol protocol, Scenario test) {
        ConnectWorker first = test.startWorker("pair", OPTIONS);
        ConnectWorker second = test.startWorker("pair", OPTIONS);
        Map<String, String> settings = Settings.of(
                protocol.settings(), Map.of("tasks.max", Integer.toString(TASKS), "write.parallelism", "2"));
        try (SinkUnderLoad sink = SinkUnderLoad.start(test, first, "moved", settings)) {
            awaitTasksAt(second, "some", tasks -> tasks > 0, sink, test);
            work(sink);

            second.stop();
            awaitTasksAt(second, "no", tasks -> tasks == 0, sink, test);
            work(sink);

            second.start();
            awaitTasksAt(second, "some", tasks -> tasks > 0, sink, test);
            work(sink);

            second.kill();
            awaitTasksAt(second, "no", tasks -> tasks == 0, sink, test);
            work(sink);

            sink.finish("RUNNING", "UNASSIGNED");
        }
    }

    private static void work(SinkUnderLoad sink) {
        sink.awaitProgress();
        sink.load().awaitMore(4_000);
        sink.awaitProgress();
    }

    private static void awaitTasksAt(
            ConnectWorker worker, String some, LongPredicate wanted, SinkUnderLoad sink, Scenario test) {
        test.await()
                .within(PATIENCE)
                .until(
                        some + " tasks at " + worker.id(),
                        () -> sink.connector().status(),
                        status -> status.tasks().size() == TASKS
                                && status.is("RUNNING")
                                && wanted.test(tasksAt(worker, status)));
    }

    private static long tasksAt(ConnectWorker worker, ConnectorStatus status) {
        return status.tasks().stream()
                .filter(task -> task.worker().equals(worker.id()))
                .count();
    }
}
