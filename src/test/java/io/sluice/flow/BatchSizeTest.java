package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchSizeTest {
    private static final int MOST = 10_000;
    private static final Duration TARGET = Duration.ofMillis(500);
    private static final Duration ROW = Duration.ofNanos(20_000);

    private final BatchSize size = new BatchSize(MOST, TARGET);

    @Test
    void startsAtTheMostAndStaysThereWhileThatIsQuickEnough() {
        assertThat(size.rows()).isEqualTo(MOST);
        fill(20, Duration.ofMillis(5), ROW);
        assertThat(size.rows()).isEqualTo(MOST);
    }

    @Test
    void shrinksToWhatTheTargetHasRoomFor() {
        fill(30, Duration.ofMillis(10), Duration.ofMillis(1));
        assertThat(size.rows()).isBetween(400, 550);
    }

    @Test
    void shrinksToOneRowWhereARowTakesLongerThanTheTarget() {
        fill(30, Duration.ZERO, Duration.ofSeconds(2));
        assertThat(size.rows()).isEqualTo(1);
    }

    @Test
    void growsAgainFromOneRow() {
        fill(30, Duration.ZERO, Duration.ofSeconds(2));
        fill(80, Duration.ofMillis(5), ROW);
        assertThat(size.rows()).isEqualTo(MOST);
    }

    @Test
    void growsByAQuarterAtMost() {
        fill(30, Duration.ofMillis(10), Duration.ofMillis(1));
        int before = size.rows();
        for (int i = 0; i < 30 && size.rows() <= before; i++) {
            fill(1, Duration.ZERO, Duration.ofNanos(1_000));
        }
        assertThat(size.rows()).isGreaterThan(before).isLessThanOrEqualTo((int) (before * 1.25) + 1);
    }

    @Test
    void goesByTheTimeOfARowWhateverTheTransactionsHaveInThem() {
        // Half full and full ones in turn, of a millisecond for each row.
        for (int i = 0; i < 40; i++) {
            int rows = i % 2 == 0 ? size.rows() : size.rows() / 2 + 1;
            size.committed(rows, Duration.ofMillis(rows));
        }
        assertThat(size.rows()).isBetween(450, 550);
    }

    @Test
    void learnsNothingFromSmallTransactions() {
        // Three milliseconds each, of which nearly all is the commit.
        for (int i = 0; i < 100; i++) {
            size.committed(1, Duration.ofMillis(3));
        }
        assertThat(size.rows()).isEqualTo(MOST);
    }

    @Test
    void shrinksWhenASmallTransactionTakesFarTooLong() {
        size.committed(20, Duration.ofSeconds(2));
        assertThat(size.rows()).isEqualTo(MOST / 2);
    }

    @Test
    void halvesWhenTheServerIsStrained() {
        size.strained();
        size.strained();
        assertThat(size.rows()).isEqualTo(MOST / 4);
    }

    @Test
    void settlesAtSomeOfTheRowsBetweenBadRecords() {
        int between = 1_000;
        List<Integer> limits = new ArrayList<>();
        for (int start = 0, bad = between; bad < 1_000 * between; ) {
            int rows = size.rows();
            limits.add(rows);
            if (start + rows <= bad) {
                size.committed(rows, ROW.multipliedBy(rows));
                start += rows;
            } else {
                size.refused();
                size.committed(bad - start, ROW.multipliedBy(bad - start));
                start = bad + 1;
                bad += between;
            }
        }

        double usual = limits.stream().mapToInt(Integer::intValue).average().orElseThrow();
        assertThat(usual).isBetween(between * 0.4, between * 0.9);
    }

    /** Transactions as full as they may be, on a server with a cost for each transaction and each row. */
    private void fill(int transactions, Duration each, Duration row) {
        for (int i = 0; i < transactions; i++) {
            int rows = size.rows();
            size.committed(rows, each.plus(row.multipliedBy(rows)));
        }
    }
}
