package io.sluice.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits until something is so. A condition that throws counts as not yet met, since servers come and go in these
 * tests. When time is up the error tells what was waited for, what was seen last, and what the diagnostics say.
 */
public final class Await {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final Duration timeout;
    private final Duration interval;
    private final List<Supplier<String>> diagnostics;

    private Await(Duration timeout, Duration interval, List<Supplier<String>> diagnostics) {
        this.timeout = timeout;
        this.interval = interval;
        this.diagnostics = List.copyOf(diagnostics);
    }

    public static Await atMost(Duration timeout) {
        return new Await(timeout, POLL_INTERVAL, List.of());
    }

    /** The same wait that looks less often, or more. */
    public Await every(Duration otherInterval) {
        return new Await(timeout, otherInterval, diagnostics);
    }

    /** The same wait with one more text in the error message, made only when it is needed. */
    public Await explaining(Supplier<String> diagnostic) {
        List<Supplier<String>> more = new ArrayList<>(diagnostics);
        more.add(diagnostic);
        return new Await(timeout, interval, more);
    }

    public Await within(Duration otherTimeout) {
        return new Await(otherTimeout, interval, diagnostics);
    }

    public void until(String description, Callable<Boolean> condition) {
        until(description, condition, met -> met);
    }

    /** Waits for a value that is accepted, and returns it. */
    public <T> T until(String description, Callable<T> value, Predicate<T> accepted) {
        LastSeen<T> lastSeen = new LastSeen<>(value, accepted);
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(interval)
                    .atMost(timeout)
                    .until(lastSeen::isAccepted);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(message(description, lastSeen), lastSeen.failure);
        }
        return lastSeen.get();
    }

    private String message(String description, LastSeen<?> lastSeen) {
        StringBuilder message =
                new StringBuilder("Waited " + timeout + " in vain for: " + description + ". Last seen: " + lastSeen);
        for (Supplier<String> diagnostic : diagnostics) {
            message.append("\n\n").append(text(diagnostic));
        }
        return message.toString();
    }

    private static String text(Supplier<String> diagnostic) {
        try {
            return diagnostic.get();
        } catch (RuntimeException e) {
            return "(no diagnosis: " + e + ")";
        }
    }

    private static final class LastSeen<T> {

        private final Callable<T> source;
        private final Predicate<T> accepted;
        private @Nullable T value;
        private @Nullable Exception failure;

        LastSeen(Callable<T> source, Predicate<T> accepted) {
            this.source = source;
            this.accepted = accepted;
        }

        boolean isAccepted() {
            try {
                T seen = source.call();
                value = seen;
                failure = null;
                return accepted.test(seen);
            } catch (Exception e) {
                failure = e;
                return false;
            }
        }

        T get() {
            if (value == null) {
                throw new IllegalStateException("Nothing was accepted.");
            }
            return value;
        }

        @Override
        public String toString() {
            return failure == null ? String.valueOf(value) : failure.toString();
        }
    }
}
