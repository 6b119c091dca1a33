package io.sluice.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LeaseTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Lease lease = new Lease(clock::get);

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

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
