package io.sluice.harness;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server that is started when it is first wanted, in a thread of its own so that several can start together. */
final class Lazy<T> {

    private final String name;
    private final Supplier<T> start;
    private @Nullable CompletableFuture<T> started;

    Lazy(String name, Supplier<T> start) {
        this.name = name;
        this.start = start;
    }

    /** Begins the start and does not wait for it. */
    void begin() {
        var unused = promise();
    }

    T get() {
        try {
            return promise().join();
        } catch (CompletionException e) {
            throw new HarnessException("Could not start " + name + ".", e.getCause());
        }
    }

    /** The server if it has been wanted before, and could be started. */
    synchronized Optional<T> ifStarted() {
        if (started == null || !started.isDone() || started.isCompletedExceptionally()) {
            return Optional.empty();
        }
        return Optional.of(started.join());
    }

    private synchronized CompletableFuture<T> promise() {
        if (started == null) {
            started = CompletableFuture.supplyAsync(start, task -> new Thread(task, "start-" + name).start());
        }
        return started;
    }
}
