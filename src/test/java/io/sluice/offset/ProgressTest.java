package io.sluice.offset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final Progress progress = new Progress();

    @Test
    void knowsWhatIsBeforeTheFloorAndWhatWasAddedBeyond() {
        progress.reach(10);
        progress.add(12, 0);
        progress.add(3, 0);

        assertThat(progress.contains(9, 0)).isTrue();
        assertThat(progress.contains(9, 1)).isTrue();
        assertThat(progress.contains(10, 0)).isFalse();
        assertThat(progress.contains(12, 0)).isTrue();
        assertThat(progress.whole().size()).isEqualTo(1);
        assertThat(progress.last()).isEqualTo(12);
    }

    @Test
    void aRecordIsDoneByHalves() {
        progress.add(5, 1);
        assertThat(progress.contains(5, 1)).isTrue();
        assertThat(progress.contains(5, 0)).isFalse();
        assertThat(progress.last()).isEqualTo(5);
    }

    @Test
    void theFloorNeverGoesBack() {
        progress.reach(10);
        progress.reach(4);
        assertThat(progress.floor()).hasValue(10);
    }

    @Test
    void putsTwoTogether() {
        progress.reach(10);
        progress.add(15, 0);
        Progress other = new Progress();
        other.add(8, 0);
        other.add(11, 0);
        other.add(20, 1);
        other.reach(7);

        other.addAll(progress);

        assertThat(other.floor()).hasValue(10);
        assertThat(other.whole().size()).isEqualTo(2);
        assertThat(other.contains(11, 0)).isTrue();
        assertThat(other.contains(15, 0)).isTrue();
        assertThat(other.contains(20, 1)).isTrue();
        assertThat(other.contains(20, 0)).isFalse();
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(progress.floor()).isEmpty();
        assertThat(progress.contains(0, 0)).isFalse();
        assertThat(progress.last()).isNegative();
    }
}
