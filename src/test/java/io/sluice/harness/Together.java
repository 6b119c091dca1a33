package io.sluice.harness;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The same for many things at once, each in a thread of its own: what they do is to wait for servers. */
final class Together {
    private Together() {}

    /** Returns when all are done, and throws the first failure of any. */
    static <T> void run(Collection<T> things, Consumer<T> action) {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<Void>> all = things.stream()
                    .map(thing -> CompletableFuture.runAsync(() -> action.accept(thing), threads))
                    .toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw new HarnessException("Not all of " + things.size() + " succeeded.", e.getCause());
        } finally {
            threads.shutdown();
        }
    }
}
