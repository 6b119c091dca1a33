package io.sluice.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.NeedsOwnPostgres;
import io.sluice.harness.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few minutes of what {@code mvn -Pchaos} does for as long as it is told to. */
@NeedsOwnPostgres
@ExtendWith(HarnessExtension.class)
final class CheckerIT {

    @ParameterizedTest
    @CsvSource({"EXACTLY_ONCE, 120, 20261126", "AT_LEAST_ONCE, 60, 20261126"})
    void findsNothingThatTheGuaranteeDoesNotAllow(Sink sink, int seconds, long seed, Scenario test) {
        Run.Outcome outcome = new Run(test, sink, seed, Duration.ofSeconds(seconds), System.out).run();

        System.out.println(outcome.text());
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.records()).isPositive();
        assertThat(outcome.faults()).isNotEmpty();
    }
}
