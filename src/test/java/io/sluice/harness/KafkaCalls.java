package io.sluice.harness;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what Kafka's clients promise. */
final class KafkaCalls {

    private static final long BUDGET_SECONDS = 30;

    private KafkaCalls() {}

    static <T> T get(String what, Future<T> promise) {
        try {
            return promise.get(BUDGET_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new HarnessException("Kafka refused: " + what, e.getCause());
        } catch (TimeoutException e) {
            throw new HarnessException("No answer from Kafka in " + BUDGET_SECONDS + " s: " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted: " + what, e);
        }
    }
}
