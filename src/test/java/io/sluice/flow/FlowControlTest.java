package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.FlowConfig;
import io.sluice.metrics.PauseCause;
import io.sluice.metrics.SinkMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class FlowControlTest {

    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final TopicPartition TWO = new TopicPartition("t", 2);

    private final List<String> calls = new ArrayList<>();
    private final Map<PauseCause, Integer> paused = new EnumMap<>(PauseCause.class);
    private final AtomicLong clock = new AtomicLong();
    private final CircuitBreaker breaker = new CircuitBreaker(1, System::nanoTime);
    private FlowControl flow = limited(0, 0);
    private Set<TopicPartition> stuck = Set.of();

    @Test
    void pausesAtTheLimitAndResumesAtHalf() {
        come(ZERO, 99);
        assertThat(calls).isEmpty();
        come(ZERO, 1);
        assertThat(calls).containsExactly("pause");
        assertThat(paused).containsEntry(PauseCause.BUFFER, 4);
        go(ZERO, 49);
        assertThat(calls).containsExactly("pause");
        go(ZERO, 1);
        assertThat(calls).containsExactly("pause", "resume");
        assertThat(paused).containsEntry(PauseCause.BUFFER, 0);
    }

    @Test
    void pausesWhileTheServerIsAway() {
        breaker.failed();
        come(ZERO, 1);
        assertThat(paused).containsEntry(PauseCause.BREAKER, 4);
        breaker.answered();
        go(ZERO, 1);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void flowsWhileTheServerIsAwayAndNothingWaits() {
        come(ZERO, 1);
        breaker.failed();
        go(ZERO, 1);
        assertThat(calls).isEmpty();
    }

    @Test
    void bytesCountAsRecordsDo() {
        comeLarge(100_000);
        assertThat(calls).containsExactly("pause");
        goLarge(100_000);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void resumesOnlyWhenBothAreLow() {
        comeLarge(100_000);
        come(ZERO, 99);
        goLarge(100_000);
        go(ZERO, 48);
        assertThat(calls).containsExactly("pause");
        go(ZERO, 1);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void leavesRoomForAsMuchAsCameAtOnce() {
        comeLarge(30_000);
        comeLarge(30_000);
        assertThat(calls).isEmpty();
        comeLarge(30_000);
        assertThat(calls).as("90,000, and the next may be 30,000").containsExactly("pause");
        goLarge(30_000);
        assertThat(calls).containsExactly("pause");
        goLarge(30_000);
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void whatIsLargerThanTheBufferComesAlone() {
        for (int i = 0; i < 3; i++) {
            comeLarge(150_000);
            come(ONE, 1);
            goLarge(150_000);
            go(ONE, 1);
        }
        assertThat(calls).containsExactly("pause", "resume", "pause", "resume", "pause", "resume");
    }

    @Test
    void aPartitionWithMoreThanItsShareWaitsAlone() {
        come(ZERO, 49);
        come(ONE, 1);
        assertThat(calls).as("one half for each").isEmpty();
        come(ZERO, 1);
        assertThat(calls).containsExactly("pause t-0");
        assertThat(paused).containsEntry(PauseCause.BUFFER, 1);
        come(ONE, 20);
        go(ZERO, 24);
        assertThat(calls).containsExactly("pause t-0");
        go(ZERO, 1);
        assertThat(calls).as("half of its share").containsExactly("pause t-0", "resume t-0");
    }

    @Test
    void aPartitionThatIsAloneHasTheWholeBuffer() {
        come(ZERO, 60);
        come(ONE, 1);
        assertThat(calls).containsExactly("pause t-0");
        go(ONE, 1);
        assertThat(calls).as("60 of 100, and nobody else").containsExactly("pause t-0");
        go(ZERO, 10);
        assertThat(calls).containsExactly("pause t-0", "resume t-0");
        come(ZERO, 49);
        assertThat(calls).hasSize(2);
    }

    @Test
    void sharesDoNotMatterWhileThereIsRoom() {
        come(ZERO, 40);
        for (int other = 1; other < 10; other++) {
            come(new TopicPartition("t", other), 1);
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void aStuckPartitionWaitsAloneAndTheOthersHaveTheRoomThatIsLeft() {
        come(ZERO, 40);
        stuck = Set.of(ZERO);
        flow.regulate(stuck);
        assertThat(calls).containsExactly("pause t-0");
        assertThat(paused).containsEntry(PauseCause.TABLE, 1);
        come(ONE, 60);
        assertThat(calls).containsExactly("pause t-0", "pause");
        go(ONE, 30);
        assertThat(calls).as("half of the 60 that are left").endsWith("resume but [t-0]", "pause t-0");
        stuck = Set.of();
        flow.regulate(stuck);
        assertThat(calls).endsWith("resume t-0");
        assertThat(paused).containsEntry(PauseCause.TABLE, 0);
    }

    @Test
    void whatIsStuckNeverShutsTheOthersOut() {
        come(ZERO, 100);
        assertThat(calls).containsExactly("pause");
        stuck = Set.of(ZERO);
        flow.regulate(stuck);
        assertThat(calls).containsExactly("pause", "resume but [t-0]", "pause t-0");
        come(ONE, 5);
        assertThat(calls).endsWith("pause");
        go(ONE, 5);
        assertThat(calls).endsWith("resume but [t-0]", "pause t-0");
    }

    @Test
    void pausesWhileARateIsReached() {
        flow = limited(10, 0);
        come(ZERO, 5);
        assertThat(calls).containsExactly("pause");
        assertThat(paused).containsEntry(PauseCause.RATE, 4).containsEntry(PauseCause.BUFFER, 0);
        pass(Duration.ofMillis(499));
        assertThat(calls).containsExactly("pause");
        pass(Duration.ofMillis(1));
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void bytesHaveARateToo() {
        flow = limited(0, 1_000);
        come(ZERO, 1);
        flow.add(ZERO, 2_000);
        flow.regulate(stuck);
        assertThat(calls).containsExactly("pause");
        pass(Duration.ofSeconds(2));
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void aPartitionThatIsHeldStaysSoUntilItIsReleased() {
        TopicPartition held = new TopicPartition("t", 3);
        flow.hold(held);
        come(ZERO, 100);
        go(ZERO, 100);
        flow.assigned();
        come(ZERO, 100);
        flow.release(held);
        go(ZERO, 100);

        assertThat(calls)
                .containsExactly("pause t-3", "pause", "resume but [t-3]", "resume but [t-3]", "pause", "resume");
    }

    @Test
    void setsAnAssignmentRightWhateverItsPartitionsWereBefore() {
        flow.assigned();
        assertThat(calls).containsExactly("resume");
        come(ZERO, 100);
        flow.assigned();
        assertThat(calls).containsExactly("resume", "pause", "pause");
        go(ZERO, 100);
        stuck = Set.of(TWO);
        flow.regulate(stuck);
        flow.assigned();
        assertThat(calls).endsWith("resume but [t-2]", "pause t-2");
    }

    @Test
    void aRevokedPartitionIsNotHeldBackAnyMore() {
        come(ZERO, 60);
        come(ONE, 1);
        flow.revoked(List.of(ZERO));
        flow.assigned();
        assertThat(calls).containsExactly("pause t-0", "resume");
    }

    private void come(TopicPartition partition, int records) {
        for (int i = 0; i < records; i++) {
            flow.add(partition, 0);
        }
        flow.regulate(stuck);
    }

    private void go(TopicPartition partition, int records) {
        for (int i = 0; i < records; i++) {
            flow.remove(partition, 0);
        }
        flow.regulate(stuck);
    }

    private void comeLarge(long bytes) {
        flow.add(TWO, bytes);
        flow.regulate(stuck);
    }

    private void goLarge(long bytes) {
        flow.remove(TWO, bytes);
        flow.regulate(stuck);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
        flow.regulate(stuck);
    }

    private FlowControl limited(long rows, long bytes) {
        return new FlowControl(
                new FlowConfig(100, 100_000, rows, bytes, Duration.ofMillis(500)),
                new Calls(),
                new SinkMetrics() {
                    @Override
                    public void paused(PauseCause cause, int partitions) {
                        paused.put(cause, partitions);
                    }
                },
                breaker,
                clock::get);
    }

    /** Writes down what Connect is asked for; four partitions are assigned. */
    private final class Calls implements Valve {
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
    }
}
