package io.sluice.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seconds that the slowest lane has been at its transaction, one value a second. */
final class OutlierTest {
    private static final int HOUR = 3_600;

    @Test
    void isQuietWhenIdleAndWhenSteady() {
        assertThat(alarms(HOUR, second -> 0)).isZero();
        assertThat(alarms(HOUR, second -> 0.4)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void isQuietAboutNoise(int seed) {
        Random random = new Random(seed);

        assertThat(alarms(HOUR, second -> Math.abs(random.nextGaussian()))).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void isQuietAboutTransactionsThatHaveAlwaysBeenLong(int seed) {
        Random random = new Random(seed);

        assertThat(alarms(HOUR, second -> second < 200 ? second / 25.0 : 3 + 5 * random.nextDouble()))
                .isZero();
    }

    @Test
    void isQuietAboutOneWildValue() {
        assertThat(alarms(HOUR, second -> second == 500 ? 60 : 0.3)).isZero();
    }

    @Test
    void seesAStepSoon() {
        assertThat(first(600, second -> second < 300 ? 0.3 : 8)).isBetween(300, 303);
    }

    @Test
    void seesALaneThatStandsStillRightFromTheStart() {
        assertThat(first(60, second -> second)).isBetween(6, 10);
    }

    @Test
    void takesForUsualWhatStays() {
        Outlier outlier = lanes();
        boolean last = false;
        for (int second = 0; second < HOUR; second++) {
            last = outlier.next(second < 300 ? 0.3 : 8);
        }

        assertThat(last).isFalse();
    }

    private static long alarms(int seconds, IntToDoubleFunction value) {
        Outlier outlier = lanes();
        return IntStream.range(0, seconds)
                .filter(second -> outlier.next(value.applyAsDouble(second)))
                .count();
    }

    private static int first(int seconds, IntToDoubleFunction value) {
        Outlier outlier = lanes();
        return IntStream.range(0, seconds)
                .filter(second -> outlier.next(value.applyAsDouble(second)))
                .findFirst()
                .orElse(-1);
    }

    private static Outlier lanes() {
        return new Outlier(5, 0.5, new Steady(2, 3));
    }
}
