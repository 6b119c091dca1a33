package io.sluice.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OffsetSetTest {
    private final OffsetSet set = new OffsetSet();

    /** Dense and sparse, around chunk borders, with what is below cut off from time to time. */
    @Test
    void agreesWithASortedSetWhateverIsAdded() {
        Random random = new Random(42);
        TreeSet<Long> model = new TreeSet<>();
        for (int round = 0; round < 300; round++) {
            long start = (long) random.nextInt(40) * 4096 - 5 + random.nextInt(10);
            int step = 1 + random.nextInt(4);
            for (long offset = Math.max(0, start); offset < start + random.nextInt(6_000); offset += step) {
                set.add(offset);
                model.add(offset);
            }
            if (round % 7 == 0) {
                long floor = random.nextInt(120_000);
                set.removeBelow(floor);
                model.headSet(floor).clear();
            }
            assertThat(set.size()).isEqualTo(model.size());
            assertThat(OffsetSet.fromBytes(set.toBytes())).isEqualTo(set);
            for (long offset = start - 3; offset < start + 6_003; offset++) {
                assertThat(set.contains(offset)).isEqualTo(model.contains(offset));
            }
            assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(set.last().isPresent()).isEqualTo(!model.isEmpty());
            if (!model.isEmpty()) {
                assertThat(set.last()).hasValue(model.last());
            }
        }
    }

    @Test
    void takesFewBytesForRunsAndABitForEachOtherOffset() {
        for (long offset = 1L << 40; offset < (1L << 40) + 40_960; offset++) {
            set.add(offset);
        }
        assertThat(set.toBytes()).hasSizeLessThan(200);
        for (long offset = 0; offset < 40_960; offset += 2) {
            set.add(offset);
        }
        assertThat(set.toBytes()).hasSizeLessThan(200 + 10 * 530);
        assertThat(new OffsetSet().toBytes()).isEmpty();
    }

    @Test
    void refusesOtherBytes() {
        assertThatThrownBy(() -> OffsetSet.fromBytes(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
