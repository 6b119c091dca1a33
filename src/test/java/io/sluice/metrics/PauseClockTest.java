package io.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PauseClockTest {
    private long now;
    private final PauseClock clock = new PauseClock(PauseCause.TABLE, "orders-0", () -> now);

    @Test
    void countsSecondsWithAtLeastOnePartition() {
        pass(10);
        clock.set(3);
        pass(5);
        clock.set(1);
        pass(2);

        assertThat(clock.partitions()).isEqualTo(1);
        assertThat(clock.seconds()).isEqualTo(7);

        clock.set(0);
        pass(100);
        assertThat(clock.partitions()).isZero();
        assertThat(clock.seconds()).isEqualTo(7);
    }

    @Test
    void addsUpWhatComesAgain() {
        for (int i = 0; i < 3; i++) {
            clock.set(2);
            pass(1);
            clock.set(0);
            pass(1);
        }

        assertThat(clock.seconds()).isEqualTo(3);
    }

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
