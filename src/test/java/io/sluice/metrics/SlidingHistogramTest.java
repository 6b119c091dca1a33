package io.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class SlidingHistogramTest {
    private long now = -TimeUnit.SECONDS.toNanos(7);
    private final SlidingHistogram histogram = new SlidingHistogram(() -> now);

    @Test
    void isZeroBeforeTheFirst() {
        assertThat(histogram.getP99Millis()).isZero();
        assertThat(histogram.getCount()).isZero();
    }

    @Test
    void tellsPercentiles() {
        for (int millis = 1; millis <= 100; millis++) {
            histogram.record(TimeUnit.MILLISECONDS.toNanos(millis));
        }

        assertThat(histogram.getCount()).isEqualTo(100);
        assertThat(histogram.getP50Millis()).isCloseTo(50, Percentage.withPercentage(1));
        assertThat(histogram.getP95Millis()).isCloseTo(95, Percentage.withPercentage(1));
        assertThat(histogram.getP99Millis()).isCloseTo(99, Percentage.withPercentage(1));
        assertThat(histogram.getMaxMillis()).isCloseTo(100, Percentage.withPercentage(1));
    }

    @Test
    void forgetsWhatIsOlderThanAMinuteAndCountsItStill() {
        histogram.record(TimeUnit.SECONDS.toNanos(9));
        now += TimeUnit.SECONDS.toNanos(30);
        histogram.record(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(histogram.getMaxMillis()).isCloseTo(9_000, Percentage.withPercentage(1));

        now += TimeUnit.SECONDS.toNanos(31);
        assertThat(histogram.getMaxMillis()).isCloseTo(1, within(0.1));
        assertThat(histogram.getCount()).isEqualTo(2);

        now += TimeUnit.HOURS.toNanos(2);
        assertThat(histogram.getMaxMillis()).isZero();
    }

    @Test
    void takesWhateverAClockSays() {
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);

        assertThat(histogram.getCount()).isEqualTo(2);
    }
}
