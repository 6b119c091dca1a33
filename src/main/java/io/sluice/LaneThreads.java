package io.sluice;

import io.sluice.config.TaskIdentity;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the task's threads: daemons, named for the task, that load classes from this plugin. */
final class LaneThreads implements ThreadFactory {
    private final TaskIdentity identity;
    private final AtomicInteger number = new AtomicInteger();

    LaneThreads(TaskIdentity identity) {
        this.identity = identity;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "sluice-" + identity + "-" + number.getAndIncrement());
        thread.setDaemon(true);
        thread.setContextClassLoader(LaneThreads.class.getClassLoader());
        return thread;
    }
}
