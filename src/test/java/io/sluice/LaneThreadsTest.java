package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.TaskIdentity;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lanes write documents that are nested deeply, and the JVM's usual stack is only just enough. */
final class LaneThreadsTest {
    /** Until code is compiled, which makes its frames smaller. */
    private static final int ROUNDS = 50;

    @Test
    void haveAStackThatIsTwiceAsDeepAsUsual() throws InterruptedException {
        // First, since a thread may be given the stack of another one that has ended.
        int usual = 0;
        for (int round = 0; round < ROUNDS; round++) {
            usual = levels(Thread::new);
        }
        int deep = levels(new LaneThreads(new TaskIdentity("deep", 0)));

        assertThat(deep).isGreaterThan(2 * usual);
    }

    private static int levels(ThreadFactory threads) throws InterruptedException {
        AtomicInteger levels = new AtomicInteger();
        Thread thread = threads.newThread(() -> {
            try {
                descend(levels);
            } catch (StackOverflowError e) {
                // It is as deep as it can be.
            }
        });
        thread.start();
        thread.join();
        return levels.get();
    }

    private static int descend(AtomicInteger levels) {
        return levels.incrementAndGet() < Integer.MAX_VALUE ? descend(levels) + 1 : 0;
    }
}
