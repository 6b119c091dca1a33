package io.sluice.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.FailureConfig;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
    private final SQLException deadlock = new SQLException("deadlock", "40P01");

    private static final FailureConfig FOR_EVER =
            new FailureConfig(-1, Duration.ofMillis(250), Duration.ofSeconds(30), 3, Duration.ofMillis(1_500));

    @Test
    void boundsDoubleUpToTheLongest() {
        RetryPolicy longest = new RetryPolicy(FOR_EVER, bound -> bound - 1);

        assertThat(longest.backoff(1, deadlock)).hasMillis(250);
        assertThat(longest.backoff(2, deadlock)).hasMillis(500);
        assertThat(longest.backoff(7, deadlock)).hasMillis(16_000);
        assertThat(longest.backoff(8, deadlock)).hasMillis(30_000);
        assertThat(longest.backoff(1_000_000, deadlock)).hasMillis(30_000);
    }

    /** Writing goes on within two seconds of the server's return. */
    @Test
    void waitsForAServerThatIsAwayAreShort() {
        RetryPolicy longest = new RetryPolicy(FOR_EVER, bound -> bound - 1);

        assertThat(longest.backoff(1, new SQLException("gone", "08006"))).hasMillis(250);
        assertThat(longest.backoff(9, new SQLException("gone", "08006"))).hasMillis(1_500);
        assertThat(longest.backoff(9, new SQLException("no connection"))).hasMillis(1_500);
        assertThat(longest.backoff(9, new SQLException("a standby", "25006"))).hasMillis(1_500);
    }

    @Test
    void aWaitMayBeShortButIsAWait() {
        assertThat(new RetryPolicy(FOR_EVER, bound -> 0).backoff(5, deadlock)).hasMillis(1);
    }

    @Test
    void triesForEverOrAsOftenAsTold() {
        RetryPolicy twice = new RetryPolicy(
                new FailureConfig(2, Duration.ofMillis(1), Duration.ofMillis(1), 3, Duration.ofMillis(1)), bound -> 0);

        assertThat(new RetryPolicy(FOR_EVER, bound -> 0).allows(1_000_000)).isTrue();
        assertThat(twice.allows(2)).isTrue();
        assertThat(twice.allows(3)).isFalse();
    }
}
