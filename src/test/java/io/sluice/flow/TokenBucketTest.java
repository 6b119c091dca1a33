package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {
    private final AtomicLong clock = new AtomicLong();

    @Test
    void whatWasOverdrawnComesBackFirst() {
        TokenBucket bucket = new TokenBucket(1_000, clock::get);
        assertThat(bucket.isOverdrawn()).isFalse();
        bucket.take(500);
        assertThat(bucket.isOverdrawn()).isTrue();
        pass(499);
        assertThat(bucket.isOverdrawn()).isTrue();
        pass(1);
        assertThat(bucket.isOverdrawn()).isFalse();
    }

    @Test
    void aPauseIsNoLicenceForABurst() {
        TokenBucket bucket = new TokenBucket(1_000, clock::get);
        pass(3_600_000);
        bucket.take(1_000);
        assertThat(bucket.isOverdrawn()).isFalse();
        bucket.take(1);
        assertThat(bucket.isOverdrawn()).isTrue();
    }

    @Test
    void holdsTheRateWhateverTheSizeOfWhatIsTaken() {
        TokenBucket bucket = new TokenBucket(5_000, clock::get);
        long taken = 0;
        for (int millis = 0; millis < 60_000; millis++) {
            if (!bucket.isOverdrawn()) {
                int some = 1 + (millis * 7919) % 2_000;
                bucket.take(some);
                taken += some;
            }
            pass(1);
        }
        assertThat(taken).isBetween(300_000L - 10, 300_000L + 2_000);
    }

    @Test
    void aSmallRateIsARate() {
        TokenBucket bucket = new TokenBucket(1, clock::get);
        bucket.take(2);
        pass(1_999);
        assertThat(bucket.isOverdrawn()).isTrue();
        pass(1);
        assertThat(bucket.isOverdrawn()).isFalse();
    }

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
