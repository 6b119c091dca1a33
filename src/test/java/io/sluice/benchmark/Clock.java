package io.sluice.benchmark;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time that means the same in all processes of the machine. */
final class Clock {

    private Clock() {}

    /** Nanoseconds since 1970. */
    static long now() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("Interrupted.", e);
        }
    }
}
