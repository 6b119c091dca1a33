package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.FlowConfig;
import io.sluice.metrics.SinkMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
                public void resumeAll() {
                    calls.add("resume");
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
