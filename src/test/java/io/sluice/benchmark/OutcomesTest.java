package io.sluice.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class OutcomesTest {

    private static final long SECOND = 1_000_000_000;

    private final Outcomes outcomes = new Outcomes(2);

    @Test
    void keepsEveryCoreBusyForTheBound() {
        // A row costs 1 µs in the worker, 0.5 in the broker, 2 in PostgreSQL and 0.5 in the loader: 4 of 2,000,000.
        add(Sinks.DROP, new CpuTimes(1_000_000, 500_000, 70_000, 0));
        add(LoadMode.MERGE.contender(), new CpuTimes(0, 0, 2_000_000, 500_000));
        assertThat(outcomes.bound("W1", LoadMode.MERGE).orElseThrow()).isEqualTo(500_000, within(0.001));
    }

    @Test
    void hasNoBoundWithoutALoader() {
        add(Sinks.DROP, new CpuTimes(1, 1, 1, 1));
        assertThat(outcomes.bound("W1", LoadMode.COPY)).isEmpty();
    }

    @Test
    void takesTheMedianOfTheRates() {
        outcomes.add("W1", "a", new Measurement(100, SECOND, new CpuTimes(0, 0, 0, 0), 0));
        outcomes.add("W1", "a", new Measurement(100, 4 * SECOND, new CpuTimes(0, 0, 0, 0), 0));
        outcomes.add("W1", "a", new Measurement(100, 2 * SECOND, new CpuTimes(0, 0, 0, 0), 0));
        assertThat(outcomes.rate("W1", "a")).hasValue(50);
    }

    @Test
    void hasNoRatioToWhatDidNotRun() {
        assertThat(Outcomes.ratio(OptionalDouble.of(1), outcomes.rate("W1", "a")))
                .isEmpty();
        assertThat(Outcomes.difference(outcomes.rate("W2", "a"), OptionalDouble.of(1)))
                .isEmpty();
    }

    private void add(String contender, CpuTimes cpu) {
        outcomes.add("W1", contender, new Measurement(1_000_000, SECOND, cpu, 0));
    }
}
