package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {
    private final CircuitBreaker breaker = new CircuitBreaker(3, System::nanoTime);
    private final Queue<Integer> admitted = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> lanes = new ArrayList<>();

    @AfterEach
    void stop() {
        end.countDown();
        lanes.forEach(Thread::interrupt);
    }

    @Test
    void opensAfterFailuresInARow() {
        breaker.failed();
        breaker.failed();
        breaker.answered();
        breaker.failed();
        breaker.failed();
        assertThat(breaker.isOpen()).isFalse();

        breaker.failed();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void letsOneTryAndThenAll() {
        open();
        start(1);
        Await.atMost(Duration.ofSeconds(10)).until("one to try", () -> admitted.size() == 1);
        start(2);
        start(3);
        awaitWaiting(lanes.get(1), lanes.get(2));
        assertThat(admitted).containsExactly(1);

        breaker.answered();
        Await.atMost(Duration.ofSeconds(10)).until("all to try", () -> admitted.size() == 3);
    }

    @Test
    void letsAnotherTryWhereTheFirstOneLeaves() throws InterruptedException {
        open();
        breaker.awaitTurn();
        start(2);
        awaitWaiting(lanes.get(0));
        assertThat(admitted).isEmpty();

        breaker.leave();
        Await.atMost(Duration.ofSeconds(10)).until("the other one to try", () -> admitted.size() == 1);
        assertThat(breaker.isOpen()).isTrue();
    }

    private void open() {
        for (int failure = 0; failure < 3; failure++) {
            breaker.failed();
        }
    }

    private static void awaitWaiting(Thread... threads) {
        for (Thread thread : threads) {
            Await.atMost(Duration.ofSeconds(10)).until("it to wait", () -> thread.getState() == Thread.State.WAITING);
        }
    }

    private void start(int number) {
        Thread lane = new Thread(() -> {
            try {
                breaker.awaitTurn();
                admitted.add(number);
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        lanes.add(lane);
        lane.start();
    }
}
