package io.sluice.harness;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen before this JVM ends, last registered first: processes are killed before their directories go.
 * Safe for use by several threads.
 */
final class JvmExit {

    private static final Deque<Runnable> ACTIONS = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(JvmExit::runAll, "harness-exit"));
    }

    private JvmExit() {}

    static synchronized void register(Runnable action) {
        ACTIONS.push(action);
    }

    static synchronized void forget(Runnable action) {
        ACTIONS.remove(action);
    }

    /** Actions run outside the lock: the end of a process makes other threads call {@link #forget}. */
    private static void runAll() {
        for (Runnable action = next(); action != null; action = next()) {
            action.run();
        }
    }

    private static synchronized @Nullable Runnable next() {
        return ACTIONS.poll();
    }
}
