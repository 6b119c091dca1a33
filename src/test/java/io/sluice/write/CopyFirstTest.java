package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.table.TableId;
import java.time.Duration;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

final class CopyFirstTest {
    private static final TableId TABLE = new TableId("", "orders");

    private final CopyFirst copies = new CopyFirst(Duration.ofNanos(50_000));

    @Test
    void aStreamOfNewRowsIsAlwaysCopied() {
        assertThat(run(1_000, batch -> true)).isEqualTo(1_000);
    }

    @Test
    void copiesAFewHundredRowsWhereTheServerIsNear() {
        assertThat(copies.pays(249)).isFalse();
        assertThat(copies.pays(250)).isTrue();
    }

    @Test
    void wantsMoreRowsBehindASlowNetwork() {
        CopyFirst far = new CopyFirst(Duration.ofMillis(5));
        assertThat(far.pays(1_999)).isFalse();
        assertThat(far.pays(2_000)).isTrue();
    }

    @Test
    void leavesOutMoreAfterEachConflict() {
        StringBuilder tries = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            tries.append(attempt(false) ? 'x' : '.');
        }
        assertThat(tries).hasToString("x.x..x....x........x");
    }

    @Test
    void aStreamThatAlwaysConflictsTriesLessThanTwiceInAHundredTimes() {
        run(200, batch -> false);
        assertThat(run(6_500, batch -> false)).isBetween(90, 102);
    }

    @Test
    void aStreamThatConflictsHalfOfTheTimeHardlyTries() {
        run(200, batch -> batch % 2 == 0);
        assertThat(run(6_500, batch -> batch % 2 == 0)).isLessThan(250);
    }

    @Test
    void copiesAllAgainSoonAfterTheLastConflict() {
        run(1_000, batch -> false);
        assertThat(run(200, batch -> true)).isGreaterThanOrEqualTo(200 - 64);
    }

    @Test
    void forgivesByOneForEachSuccess() {
        run(1_000, batch -> false);
        run(164, batch -> true);
        assertThat(attempt(false)).isTrue();
        assertThat(attempt(true)).isFalse();
        assertThat(attempt(true)).isTrue();
    }

    @Test
    void tablesDoNotShareTheirLuck() {
        attempt(false);
        assertThat(copies.isDue(new TableId("", "items"))).isTrue();
        assertThat(copies.isDue(TABLE)).isFalse();
    }

    /** Runs batches of which some have nothing but new rows, and returns how many were copied or tried to. */
    private int run(int batches, IntPredicate isNew) {
        int tries = 0;
        for (int batch = 0; batch < batches; batch++) {
            if (attempt(isNew.test(batch))) {
                tries++;
            }
        }
        return tries;
    }

    private boolean attempt(boolean isNew) {
        boolean due = copies.isDue(TABLE);
        if (due && isNew) {
            copies.succeeded(TABLE);
        } else if (due) {
            copies.failed(TABLE);
        }
        return due;
    }
}
