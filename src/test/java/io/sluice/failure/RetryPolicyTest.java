package io.sluice.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.FailureConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {

    private static final FailureConfig FOR_EVER = new FailureConfig(-1, Duration.ofMillis(250), Duration.ofSeconds(30));

    @Test
    void boundsDoubleUpToTheLongest() {
        RetryPolicy longest = new RetryPolicy(FOR_EVER, bound -> bound - 1);

        assertThat(longest.backoff(1)).hasMillis(250);
        assertThat(longest.backoff(2)).hasMillis(500);
        assertThat(longest.backoff(7)).hasMillis(16_000);
        assertThat(longest.backoff(8)).hasMillis(30_000);
        assertThat(longest.backoff(1_000_000)).hasMillis(30_000);
    }

    @Test
    void aWaitMayBeShortButIsAWait() {
        assertThat(new RetryPolicy(FOR_EVER, bound -> 0).backoff(5)).hasMillis(1);
    }

    @Test
    void triesForEverOrAsOftenAsTold() {
        RetryPolicy twice =
                new RetryPolicy(new FailureConfig(2, Duration.ofMillis(1), Duration.ofMillis(1)), bound -> 0);

        assertThat(new RetryPolicy(FOR_EVER, bound -> 0).allows(1_000_000)).isTrue();
        assertThat(twice.allows(2)).isTrue();
        assertThat(twice.allows(3)).isFalse();
    }
}
