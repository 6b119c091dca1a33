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
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(JvmExit::runAll, "harness-exit"));
    }

    private JvmExit() {}

    /** Registers an action; when the end has begun it runs at once, so that what starts too late ends too. */
    static void register(Runnable action) {
        if (!isKept(action)) {
            action.run();
        }
    }

    private static synchronized boolean isKept(Runnable action) {
        if (!ending) {
            ACTIONS.push(action);
        }
        return !ending;
    }

    static synchronized void forget(Runnable action) {
        ACTIONS.remove(action);
    }

    /** Actions run outside the lock: the end of a process makes other threads call {@link #forget}. */
    private static void runAll() {
        for (Runnable action = next(); action != null; action = next()) {
            try {
                action.run();
            } catch (RuntimeException e) {
                System.err.println("At the end: " + e);
            }
        }
    }

    private static synchronized @Nullable Runnable next() {
        ending = true;
        return ACTIONS.poll();
    }
}
