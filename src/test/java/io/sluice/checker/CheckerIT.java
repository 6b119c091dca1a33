package io.sluice.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.NeedsOwnPostgres;
import io.sluice.harness.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Some time, {@code -Dchecker.seconds}, of what {@code mvn -Pchaos} does for as long as it is told to. */
@NeedsOwnPostgres
@ExtendWith(HarnessExtension.class)
final class CheckerIT {

    private static final long SEED = 20261126;
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("checker.seconds", 180));

    @Test
    void findsNothingThatExactlyOnceDoesNotAllow(Scenario test) {
        Run.Outcome outcome = new Run(test, Sink.EXACTLY_ONCE, SEED, TIME, System.out).run();

        System.out.println(outcome.text());
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.records()).isPositive();
        assertThat(outcome.faults()).isNotEmpty();
    }
}
