package io.sluice.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PoisonIsolationTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_999, 5_000, 9_998, 9_999})
    void findsTheOneBadEntryOfTenThousand(int bad) {
        PoisonIsolation isolation = new PoisonIsolation();
        int start = 0;
        int tries = 0;
        while (true) {
            int limit = isolation.limit(start, 10_000);
            tries++;
            if (start <= bad && bad < limit) {
                if (limit - start == 1) {
                    break;
                }
                isolation.refused(limit);
            } else {
                start = limit;
            }
        }

        assertThat(start).isEqualTo(bad);
        assertThat(tries).isLessThanOrEqualTo(16);
    }

    /** As where PostgreSQL names them with certainty. */
    @ParameterizedTest
    @CsvSource({"1, 1_700", "10, 300", "100, 35", "1_000, 5", "10_000, 2"})
    void putsAsideWhatIsNamedWithFewTries(int oneIn, int most) {
        PoisonIsolation isolation = new PoisonIsolation();
        BitSet letters = new BitSet();
        int entries = 1_000;
        int tries = 0;
        for (int start = 0; start < entries; ) {
            int limit = isolation.limit(start, entries);
            assertThat(limit).isGreaterThan(start);
            tries++;
            int bad = letters.nextClearBit(start);
            while (bad % oneIn != oneIn - 1) {
                bad = letters.nextClearBit(bad + 1);
            }
            if (bad < limit) {
                letters.set(bad);
                isolation.found(start, bad);
            } else {
                isolation.passed();
                start = limit;
            }
        }

        assertThat(letters.cardinality()).isEqualTo(entries / oneIn);
        assertThat(tries).isLessThanOrEqualTo(most);
    }

    @Test
    void triesEverythingAgainOnceTheSuspectsAreDone() {
        PoisonIsolation isolation = new PoisonIsolation();
        isolation.refused(8);

        assertThat(isolation.limit(0, 100)).isEqualTo(4);
        assertThat(isolation.limit(4, 100)).isEqualTo(6);
        assertThat(isolation.limit(8, 100)).isEqualTo(100);
    }
}
