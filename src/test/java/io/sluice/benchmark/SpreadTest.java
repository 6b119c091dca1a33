package io.sluice.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SpreadTest {

    @Test
    void takesTheMiddleOfAnOddNumber() {
        assertThat(Spread.of(5, 1, 4)).isEqualTo(new Spread(4, 1, 5));
    }

    @Test
    void takesTheMeanOfTheMiddleTwoOfAnEvenNumber() {
        assertThat(Spread.of(5, 1, 4, 2)).isEqualTo(new Spread(3, 1, 5));
    }

    @Test
    void hasNoMiddleOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(Spread::of);
    }

    @Test
    void findsPercentilesByRank() {
        List<Long> nanos = LongStream.rangeClosed(1, 200)
                .mapToObj(millis -> millis * 1_000_000)
                .toList();
        assertThat(Percentiles.of(nanos)).isEqualTo(new Percentiles(100, 198, 200));
    }

    @Test
    void takesTheMiddleOfEachPercentile() {
        assertThat(Percentiles.median(
                        List.of(new Percentiles(1, 30, 100), new Percentiles(2, 10, 300), new Percentiles(3, 20, 200))))
                .isEqualTo(new Percentiles(2, 20, 200));
    }
}
