package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LaneLimitTest {
    private static final int ROWS = 1_000;

    private long now = 1;
    private final LaneLimit limit = new LaneLimit(4, () -> now);

    @Test
    void takesAllLanesWhereEachBringsAsMuchAsTheFirst() throws Exception {
        assertThat(mean(600, lanes -> lanes)).isGreaterThan(3.7);
    }

    @Test
    void staysWithFewWhereMoreBringNothing() throws Exception {
        assertThat(mean(600, lanes -> Math.min(lanes, 2))).isBetween(1.8, 2.3);
    }

    @Test
    void goesDownWhereLanesAreInEachOthersWay() throws Exception {
        assertThat(mean(600, lanes -> 2.0 - 0.3 * lanes)).isLessThan(1.3);
    }

    @Test
    void followsAServerThatChanges() throws Exception {
        mean(600, lanes -> 2.0 - 0.3 * lanes);
        mean(600, lanes -> lanes);
        assertThat(mean(300, lanes -> lanes)).isGreaterThan(3.5);
    }

    @Test
    void smallTransactionsDoNotWait() throws Exception {
        limit.large();
        limit.large();
        limit.small().end(1);
        assertThat(limit.limit()).isEqualTo(2);
    }

    @Test
    void aLaneThatIsStuckDoesNotStopTheOthers() throws Exception {
        LaneLimit real = new LaneLimit(4, System::nanoTime);
        real.large().end(ROWS);
        LaneLimit.Turn stuck = real.large();
        LaneLimit.Turn alsoStuck = real.large();
        CompletableFuture<LaneLimit.Turn> third = CompletableFuture.supplyAsync(() -> turn(real));
        third.join().end(ROWS);
        stuck.end(0);
        alsoStuck.end(0);
    }

    private static LaneLimit.Turn turn(LaneLimit limit) {
        try {
            return limit.large();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Writing(long end, LaneLimit.Turn turn) {}

    /**
     * Lets lanes write, as many as may, and returns how many those were on average. Whenever one ends, another would have
     * to wait, which is what tells the limit that there is more to do.
     *
     * @param speed rows that so many lanes write in the time of one transaction by one lane, as a multiple
     */
    private double mean(int transactions, IntToDoubleFunction speed) throws Exception {
        Queue<Writing> writing = new PriorityQueue<>(Comparator.comparingLong(Writing::end));
        long lanes = 0;
        for (int i = 0; i < transactions; i++) {
            while (writing.size() < limit.limit()) {
                int width = writing.size() + 1;
                long time = (long) (100_000_000 * limit.limit() / speed.applyAsDouble(limit.limit()));
                // They do not all begin at once.
                long end = now + (writing.isEmpty() ? time : time * width / limit.limit());
                writing.add(new Writing(end, limit.large()));
            }
            if (limit.limit() < 4) {
                askInVain();
            }
            Writing first = writing.remove();
            now = Math.max(now, first.end());
            lanes += writing.size() + 1;
            first.turn().end(ROWS);
        }
        writing.forEach(left -> left.turn().end(ROWS));
        return (double) lanes / transactions;
    }

    private void askInVain() throws InterruptedException {
        Thread waiting = new Thread(() -> {
            try {
                // Before a transaction has ended nobody knows how long to wait.
                limit.large().end(0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING && waiting.isAlive()) {
            Thread.onSpinWait();
        }
        waiting.interrupt();
        waiting.join();
    }
}
