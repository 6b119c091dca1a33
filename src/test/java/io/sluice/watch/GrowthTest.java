package io.sluice.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lags of a topic as they come, one a second. */
final class GrowthTest {
    private static final int HOUR = 3_600;
    private static final double IN = 10_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void isQuietAboutNoise(int seed) {
        Random random = new Random(seed);

        // A queue that is full to a random share, of two seconds' records.
        assertThat(alarms(HOUR, second -> random.nextDouble() * 2 * IN)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void isQuietAboutALargeLagThatStaysWithNoise(int seed) {
        Random random = new Random(seed);

        assertThat(alarms(HOUR, second -> 1_000_000 + random.nextGaussian() * IN / 4))
                .isZero();
    }

    @Test
    void isQuietWhenIdle() {
        assertThat(alarms(HOUR, second -> 0)).isZero();
    }

    @Test
    void isQuietAtTheStartOfABacklogThatShrinks() {
        assertThat(alarms(HOUR, second -> Math.max(0, 5_000_000 - 2_000.0 * second)))
                .isZero();
    }

    @Test
    void isQuietAboutABurstThatIsWorkedOff() {
        assertThat(alarms(300, second -> second < 60 ? 0 : Math.max(0, 200_000 - 5_000.0 * (second - 60))))
                .isZero();
    }

    @Test
    void seesALagThatGrowsSlowly() {
        assertThat(firstAlarm(120, second -> 1_500.0 * second)).isBetween(20, 60);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void seesAStopUnderNoise(int seed) {
        Random random = new Random(seed);

        assertThat(firstAlarm(200, second -> random.nextDouble() * IN + Math.max(0, second - 100) * IN))
                .isBetween(105, 125);
    }

    @Test
    void isQuietAgainOnceTheLagShrinks() {
        Growth growth = new Growth();
        boolean atThePeak = false;
        boolean later = true;
        for (int second = 0; second < 200; second++) {
            later = growth.next(second < 100 ? IN * second : IN * (200 - second), IN);
            atThePeak |= later;
        }

        assertThat(atThePeak).isTrue();
        assertThat(later).isFalse();
    }

    private static long alarms(int seconds, IntToDoubleFunction lag) {
        Growth growth = new Growth();
        return IntStream.range(0, seconds)
                .filter(second -> growth.next(lag.applyAsDouble(second), IN))
                .count();
    }

    private static int firstAlarm(int seconds, IntToDoubleFunction lag) {
        Growth growth = new Growth();
        return IntStream.range(0, seconds)
                .filter(second -> growth.next(lag.applyAsDouble(second), IN))
                .findFirst()
                .orElse(-1);
    }
}
