package io.sluice.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RowHashesTest {

    @Test
    void leavesNothingOfTheSameRowsInAnotherOrder() {
        assertThat(bag("a", "b", "b").without(bag("b", "a", "b")).size()).isZero();
    }

    @Test
    void countsARowAsOftenAsItIsThere() {
        RowHashes rest = bag("a", "b", "b", "b").without(bag("b", "a", "c"));

        assertThat(rest.size()).isEqualTo(2);
        assertThat(rest.remove("a")).isFalse();
        assertThat(rest.remove("b")).isTrue();
        assertThat(rest.remove("b")).isTrue();
        assertThat(rest.remove("b")).isFalse();
    }

    private static RowHashes bag(String... rows) {
        RowHashes bag = new RowHashes();
        for (String row : rows) {
            bag.add(row);
        }
        return bag;
    }
}
