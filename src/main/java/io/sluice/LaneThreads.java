package io.sluice;

import io.sluice.config.TaskIdentity;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the task's threads: daemons, named for the task, that load classes from this plugin. */
final class LaneThreads implements ThreadFactory {
    /**
     * Bytes. A document of a thousand levels, which is the most that is written, took 896 KiB of it, and the JVM's default is
     * 1 MiB; what is not used is not there.
     */
    private static final long STACK = 4 << 20;

    private final TaskIdentity identity;
    private final AtomicInteger number = new AtomicInteger();

    LaneThreads(TaskIdentity identity) {
        this.identity = identity;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, "sluice-" + identity + "-" + number.getAndIncrement(), STACK);
        thread.setDaemon(true);
        thread.setContextClassLoader(LaneThreads.class.getClassLoader());
        return thread;
    }
}
