package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.ConnectorStatus;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers come and go while records keep coming, under all three ways to share partitions at once. */
@ExtendWith(HarnessExtension.class)
final class RebalanceIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ServerOptions OPTIONS = ServerOptions.forTests().with("consumer.group.protocol", "consumer");

    @Test
    void losesNothingWhenASecondWorkerJoinsLeavesAndDies(Scenario test) {
        ConnectWorker first = test.startWorker("pair", OPTIONS);
        List<SinkUnderLoad> sinks = new ArrayList<>();
        try {
            for (Protocol protocol : Protocol.values()) {
                sinks.add(SinkUnderLoad.start(
                        test, first, protocol.name().toLowerCase(java.util.Locale.ROOT), settings(protocol)));
            }
            ConnectWorker second = test.startWorker("pair", OPTIONS);
            awaitTasksOf(test, sinks, second);
            progress(sinks);

            second.stop();
            awaitNoTasksOf(test, sinks, second);
            progress(sinks);

            second.start();
            awaitTasksOf(test, sinks, second);
            progress(sinks);
            second.kill();
            awaitNoTasksOf(test, sinks, second);
            progress(sinks);

            sinks.forEach(sink -> sink.finish("RUNNING", "UNASSIGNED"));
        } finally {
            sinks.forEach(SinkUnderLoad::close);
        }
    }

    private static Map<String, String> settings(Protocol protocol) {
        return Settings.of(protocol.settings(), Map.of("tasks.max", "3", "write.parallelism", "2"));
    }

    private static void progress(List<SinkUnderLoad> sinks) {
        sinks.forEach(SinkUnderLoad::awaitProgress);
        sinks.get(0).load().awaitMore(4_000);
        sinks.forEach(SinkUnderLoad::awaitProgress);
    }

    private static void awaitTasksOf(Scenario test, List<SinkUnderLoad> sinks, ConnectWorker worker) {
        for (SinkUnderLoad sink : sinks) {
            test.await()
                    .within(PATIENCE)
                    .until(
                            "tasks of " + sink.connector().name() + " at " + worker.id(),
                            () -> sink.connector().status(),
                            status -> status.is("RUNNING") && tasksAt(status, worker) > 0);
        }
    }

    private static void awaitNoTasksOf(Scenario test, List<SinkUnderLoad> sinks, ConnectWorker worker) {
        for (SinkUnderLoad sink : sinks) {
            test.await()
                    .within(PATIENCE)
                    .until(
                            "the tasks of " + sink.connector().name() + " to run elsewhere",
                            () -> sink.connector().status(),
                            status -> status.is("RUNNING") && tasksAt(status, worker) == 0);
        }
    }

    private static long tasksAt(ConnectorStatus status, ConnectWorker worker) {
        assertThat(status.tasks()).hasSize(3);
        return status.tasks().stream()
                .filter(task -> task.worker().equals(worker.id()))
                .count();
    }
}
