package io.sluice.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LeaseTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicLong timeOfDay = new AtomicLong(1_700_000_000_000L);
    private final Lease lease = new Lease(clock::get, timeOfDay::get);

    @Test
    void isHeldFromTheFirstCallOn() {
        assertThat(lease.isHeld()).isFalse();
        lease.renew();
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void lapsesWhenTheTaskThreadStaysAway() {
        lease.renew();
        pass(2_000);
        assertThat(lease.isHeld()).isTrue();
        pass(1);
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void isHeldAgainOnlyOnceTheTaskThreadHasBeenAroundForAWhile() {
        lease.renew();
        pass(10_000);
        lease.renew();
        assertThat(lease.isHeld()).isFalse();
        pass(500);
        lease.renew();
        assertThat(lease.isHeld()).isFalse();
        pass(500);
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void callsInTimeNeverMakeItLapse() {
        for (int i = 0; i < 100; i++) {
            lease.renew();
            pass(1_900);
            assertThat(lease.isHeld()).isTrue();
        }
    }

    /** A virtual machine that was paused: its own clock has stood still. */
    @Test
    void lapsesWhenOnlyTheTimeOfDayHasMovedOn() {
        lease.renew();
        timeOfDay.addAndGet(2_001);
        assertThat(lease.isHeld()).isFalse();
        lease.renew();
        assertThat(lease.isHeld()).isFalse();
        pass(1_000);
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void isHeldWhenTheTimeOfDayIsPutBack() {
        lease.renew();
        timeOfDay.addAndGet(-3_600_000);
        assertThat(lease.isHeld()).isTrue();
        lease.renew();
        pass(1_000);
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void lapsesByItsOwnClockThoughTheTimeOfDayIsPutBack() {
        lease.renew();
        clock.addAndGet(Duration.ofMillis(2_001).toNanos());
        timeOfDay.addAndGet(-3_600_000);
        assertThat(lease.isHeld()).isFalse();
    }

    private void pass(long millis) {
        timeOfDay.addAndGet(millis);
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
