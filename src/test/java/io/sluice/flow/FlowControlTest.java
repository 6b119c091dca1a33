package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.FlowConfig;
import io.sluice.metrics.SinkMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class FlowControlTest {

    private final List<String> calls = new ArrayList<>();
    private final FlowControl flow = new FlowControl(
            new FlowConfig(100, 1_000, Duration.ofMillis(500)),
            new Valve() {
                @Override
                public int pauseAll() {
                    calls.add("pause");
                    return 4;
                }

                @Override
                public void resumeAllBut(Set<TopicPartition> held) {
                    calls.add("resume" + (held.isEmpty() ? "" : " but " + held));
                }

                @Override
                public void pause(TopicPartition partition) {
                    calls.add("pause " + partition);
                }

                @Override
                public void resume(TopicPartition partition) {
                    calls.add("resume " + partition);
                }
            },
            new SinkMetrics() {});

    @Test
    void pausesAtTheLimitAndResumesAtHalf() {
        change(99, 0);
        assertThat(calls).isEmpty();
        change(1, 0);
        assertThat(calls).containsExactly("pause");
        change(-49, 0);
        assertThat(calls).containsExactly("pause");
        change(-1, 0);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void bytesCountAsRecordsDo() {
        change(1, 5_000);
        assertThat(flow.isPaused()).isTrue();
        change(0, -4_499);
        assertThat(flow.isPaused()).isTrue();
        change(0, -1);
        assertThat(flow.isPaused()).isFalse();
    }

    @Test
    void aPartitionThatIsHeldStaysSoUntilItIsReleased() {
        TopicPartition held = new TopicPartition("t", 3);
        flow.hold(held);
        change(100, 0);
        change(-100, 0);
        flow.assigned();
        change(100, 0);
        flow.release(held);
        change(-100, 0);

        assertThat(calls)
                .containsExactly("pause t-3", "pause", "resume but [t-3]", "resume but [t-3]", "pause", "resume");
    }

    @Test
    void resumesOnlyWhenBothAreLow() {
        change(100, 1_000);
        change(-100, 0);
        assertThat(calls).containsExactly("pause");
        change(0, -1_000);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void setsAnAssignmentRightWhateverItsPartitionsWereBefore() {
        flow.assigned();
        assertThat(calls).containsExactly("resume");
        change(100, 0);
        flow.assigned();
        assertThat(calls).containsExactly("resume", "pause", "pause");
    }

    private void change(long records, long bytes) {
        flow.add(records, bytes);
        flow.regulate();
    }
}
